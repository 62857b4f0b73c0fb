<?php
// Reads a newsfeed as WordPress does, with the SimplePie that comes with it, and prints what it found as JSON.
define('ABSPATH', __DIR__ . '/wordpress/usr/share/wordpress/');
define('WPINC', 'wp-includes');
error_reporting(E_ALL & ~E_DEPRECATED);
require ABSPATH . WPINC . '/class-simplepie.php';
$feed = new SimplePie();
$feed->enable_cache(false);
$feed->set_raw_data(file_get_contents($argv[1]));
$feed->enable_order_by_date(false);
if (!$feed->init()) {
    fwrite(STDERR, $feed->error());
    exit(1);
}
$items = [];
foreach ($feed->get_items() as $item) {
    $enclosure = $item->get_enclosure();
    $items[] = [
        'id' => $item->get_id(),
        'link' => $item->get_permalink(),
        'title' => html_entity_decode($item->get_title(), ENT_QUOTES | ENT_HTML5),
        'date' => (int) $item->get_date('U'),
        'author' => $item->get_author() ? $item->get_author()->get_name() : '',
        'categories' => array_map(fn ($each) => $each->get_label() ?? $each->get_term(), $item->get_categories() ?? []),
        'content' => $item->get_content(),
        'enclosure' => html_entity_decode($enclosure ? ($enclosure->get_link() ?? '') : ''),
    ];
}
echo json_encode(['link' => $feed->get_permalink(), 'items' => $items]);

// Reads a newsfeed or a calendar as the library named first does, and prints what it found as JSON.
import { readFileSync } from "node:fs";

const [library, path] = process.argv.slice(2);
const text = readFileSync(path, "utf8");

const readers = {
  async "rss-parser"() {
    const { default: Parser } = await import("rss-parser");
    const feed = await new Parser().parseString(text);
    return feed.items.map((item) => ({
      id: item.guid ?? item.id,
      link: item.link,
      title: item.title,
      date: item.isoDate,
      creator: item.creator ?? item.author,
      categories: item.categories ?? [],
      content: item["content:encoded"] ?? item.content,
      enclosure: item.enclosure?.url ?? "",
    }));
  },
  async feedsmith() {
    const { parseFeed } = await import("feedsmith");
    const { format, feed } = parseFeed(text);
    const items = feed.items ?? feed.entries ?? [];
    return { format, items, links: feed.atom?.links ?? feed.links ?? [], feed: { ...feed, items: undefined, entries: undefined } };
  },
  async opml() {
    const { parseOpml } = await import("feedsmith");
    return parseOpml(text).body.outlines;
  },
  async "ical.js"() {
    const { default: ICAL } = await import("ical.js");
    const calendar = new ICAL.Component(ICAL.parse(text));
    for (const zone of calendar.getAllSubcomponents("vtimezone")) ICAL.TimezoneService.register(zone);
    return calendar.getAllSubcomponents("vevent").map((component) => {
      const event = new ICAL.Event(component);
      return {
        uid: event.uid,
        summary: event.summary,
        description: event.description,
        location: event.location,
        sequence: event.sequence,
        allDay: event.startDate.isDate,
        start: event.startDate.isDate ? event.startDate.toString() : event.startDate.toJSDate().toISOString(),
        end: event.endDate.isDate ? event.endDate.toString() : event.endDate.toJSDate().toISOString(),
        status: component.getFirstPropertyValue("status"),
        url: component.getFirstPropertyValue("url"),
      };
    });
  },
  async "node-ical"() {
    const { default: ical } = await import("node-ical");
    const events = Object.values(ical.sync.parseICS(text)).filter((each) => each.type === "VEVENT");
    return events.map((event) => ({
      uid: event.uid,
      summary: event.summary,
      location: event.location,
      allDay: event.datetype === "date",
      start: event.start.toISOString(),
      end: event.end.toISOString(),
      status: event.status,
    }));
  },
};

console.log(JSON.stringify(await readers[library]()));

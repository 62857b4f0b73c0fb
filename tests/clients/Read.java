import com.rometools.rome.feed.synd.SyndCategory;
import com.rometools.rome.feed.synd.SyndEntry;
import com.rometools.rome.feed.synd.SyndFeed;
import com.rometools.rome.io.SyndFeedInput;
import com.rometools.rome.io.XmlReader;
import java.io.File;
import java.io.PrintStream;
import java.util.stream.Collectors;

/** Reads a newsfeed as ROME does, and prints a line for each entry: id, link, title, seconds, categories, enclosure. */
class Read {
    public static void main(String[] arguments) throws Exception {
        PrintStream out = new PrintStream(System.out, true, "UTF-8");
        SyndFeed feed = new SyndFeedInput().build(new XmlReader(new File(arguments[0])));
        for (SyndEntry entry : feed.getEntries()) {
            String categories = entry.getCategories().stream().map(SyndCategory::getName).collect(Collectors.joining("|"));
            String enclosure = entry.getEnclosures().isEmpty() ? "" : entry.getEnclosures().get(0).getUrl();
            long seconds = entry.getPublishedDate().getTime() / 1000;
            out.println(String.join("\t", entry.getUri(), entry.getLink(), entry.getTitle().replace("\n", " "), "" + seconds, categories, enclosure));
        }
    }
}

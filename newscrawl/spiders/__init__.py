"""Ways to find articles, one file each; a spider's name is what ``newscrawl crawl`` takes."""

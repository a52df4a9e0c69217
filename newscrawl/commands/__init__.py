"""Commands beside Scrapy's own; the module's name is the command's."""

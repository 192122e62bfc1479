"""Writers of the file formats that crawlers leave: WARC 1.1 and WACZ 1.1.1."""

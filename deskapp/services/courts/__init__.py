"""Courts and offices: the directory, its index, the site of a desk."""

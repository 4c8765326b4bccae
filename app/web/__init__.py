"""The site: pages and their JSON twins over what the store holds."""

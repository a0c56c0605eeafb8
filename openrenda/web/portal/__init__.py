"""The portal: what a congress publishes, for everyone, without signing in. A congress has its own address ``/c/<division code>/``."""

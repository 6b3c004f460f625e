"""What leaves the product as mail: an outbox in the record, and the ways out of it (docs/adr/0020)."""

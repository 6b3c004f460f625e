"""How accessible the product is, said in public, and what people say about it."""

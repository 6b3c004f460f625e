"""Small programs behind the commands of the Makefile. The product itself never imports them."""

"""What services cost and what there is money for, ten years ahead: the cost cliff."""

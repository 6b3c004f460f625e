"""The programme's own reports: per tertial, per year and at its end, with figures frozen as they were."""

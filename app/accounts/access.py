"""Who somebody is, as far as permissions are concerned: read once per request, asked by every policy."""

from __future__ import annotations

from dataclasses import dataclass

from app.accounts.models import Role


@dataclass(frozen=True)
class Viewer:
    """A signed-in person with the roles held now. Also the actor of everything that the person does."""

    id: int
    name: str
    language: str
    roles: frozenset[tuple[Role, int | None]] = frozenset()
    """Pairs of role and department; no department: for the whole programme."""
    sign_in_id: int | None = None

    def has(self, role: Role, department_id: int | None = None) -> bool:
        """Holds the role for the whole programme, or for this department."""
        return (role, None) in self.roles or (
            department_id is not None and (role, department_id) in self.roles
        )

    def has_any(self, *roles: Role) -> bool:
        """Holds one of the roles, for whatever department."""
        return any(role in roles for role, _department in self.roles)

    def departments(self, *roles: Role) -> frozenset[int]:
        """The departments for which the person holds one of these roles."""
        return frozenset(
            department for role, department in self.roles if role in roles and department is not None
        )

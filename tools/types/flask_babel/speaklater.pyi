from collections.abc import Callable

from markupsafe import Markup

class LazyString:
    __html__: Callable[[LazyString], Markup]

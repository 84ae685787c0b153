"""Hashes that are one-way, and quick."""

import hashlib

OLD = "$old$"


def quick_hash(password: str, scheme: str = "$quick$") -> str:
    """In PHC form, of an algorithm that does not exist; the scheme `OLD` stands for parameters of former times."""
    return f"{scheme}{hashlib.sha256(password.encode()).hexdigest()}"

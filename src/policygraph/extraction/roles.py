"""Roles as the text gives them: who holds a post, and who is said to have held it."""

from __future__ import annotations

from policygraph.extraction.draft import Draft, Stance
from policygraph.extraction.registry import Role
from policygraph.extraction.words import word_set, words
from policygraph.iris import slug
from policygraph.records import Entity, Post
from policygraph.vocabulary import EntityType

#: Offices whose holders keep the title as a courtesy, so that it says less.
_COURTESY = frozenset(("president", "prime minister", "governor", "ambassador", "general", "king", "queen", "judge"))
_COURTESY_CONFIDENCE = 0.7
#: Words about what somebody does for a living; they name no post.
_NO_POST = word_set(
    "leader diplomat analyst researcher historian economist activist journalist lawyer lawmaker businessman adviser "
    "advisor professor prof. dr. candidate negotiator"
)


def read_roles(draft: Draft) -> None:
    """Add a claim for each role that the document gives a person."""
    for role in sorted(draft.registry.roles, key=lambda r: (r.span.start, r.span.end)):
        if role.title in _NO_POST:
            continue
        post = _post(draft, role)
        predicate = "formerlyHeldPost" if role.gone else "holdsPost"
        courtesy = not role.gone and role.title in _COURTESY and role.method == "title"
        confidence = _COURTESY_CONFIDENCE if courtesy else 0.8 if role.method == "role-again" else 0.95
        draft.claim(
            role.person,
            predicate,
            post,
            Stance(),
            (role.span,),
            method=role.method,
            confidence=confidence,
            words=(None, role.title),
        )


def _post(draft: Draft, role: Role) -> str:
    """The post meant: one that the person is known to have held, one of that country, or a local one."""
    gazetteer, registry = draft.registry.gazetteer, draft.registry
    held = [gazetteer.posts[p] for p in gazetteer.posts_of.get(role.person, ()) if p in gazetteer.posts]
    fitting = [p for p in held if _called(p, role)]
    if not fitting and role.iso3:
        fitting = [p for p in gazetteer.posts.values() if p.iso3 == role.iso3 and _called(p, role)]
        if len(fitting) > 1:
            fitting = []
    if fitting:
        return registry.use(fitting[0].id)
    type_ = EntityType.PUBLIC_OFFICE if words().titles[role.title] in ("GOV", "LEG", "MIL", "JUD") else EntityType.POST
    name = role.title[0].upper() + role.title[1:]
    if role.iso3 is None:
        return registry.make(type_, name)
    country = gazetteer.countries[role.iso3].name
    local = f"post/{role.iso3.lower()}-{slug(role.title)}"
    return registry.add(Entity(local, type_, f"{name} of {country}", role.iso3))


def _called(post: Post, role: Role) -> bool:
    """Whether a post is called by that title; an acting holder holds a post of its own."""
    names = [n.lower() for n in (*post.titles, post.name)]
    if role.acting:
        return f"acting {role.title}" in names or (role.title in names and "acting" in post.kind)
    return role.title in names and "acting" not in post.kind

"""The pages of a questionnaire: a question, the kinds of a list, one item of it, and the check of all answers.

Each is named in its address by the fact, list or key it is about, so that going back, sending twice, or a second tab
changes that one answer and nothing else.
"""

from collections.abc import Mapping

from django.http import Http404, HttpResponse
from django.shortcuts import redirect

from farthing.base.refusal import Refusal
from farthing.case.assessment import policy_of
from farthing.case.assessment import question as question_of
from farthing.engine.facts import Fact, ItemList
from farthing.engine.kinds import Kinds
from farthing.law import ANSWERS, law, plan
from farthing.service.design import legislation
from farthing.service.design.forms import DesignForm
from farthing.service.public import suggestion
from farthing.service.public.visit import Visit
from farthing.service.questions import progress
from farthing.service.questions.answers import MOST_ITEMS, Answers, Item
from farthing.service.questions.forms import FactsForm, KindsForm, initial
from farthing.service.questions.pages import FIRST, case_of, facts_to_ask, is_described
from farthing.service.questions.refusals import Objection, objections
from farthing.service.questions.summary import summary

MUST_BE_ANSWERED = {*FIRST, "tells_finances"}
"""What everybody can answer: the other questions may be passed by whoever does not know."""


def go_on(visit: Visit) -> HttpResponse:
    """Go to the question that comes next."""
    return visit.go_on(visit.answers)


def question(visit: Visit, fact: str) -> HttpResponse:
    """Ask for one fact of the person."""
    declared = law().facts.get(fact)
    if declared is None or declared.of_council:
        raise Http404
    answers, may_pass = visit.answers, fact not in MUST_BE_ANSWERED and declared.left_out is None
    if visit.request.method == "POST" and may_pass and "pass" in visit.request.POST:
        return visit.go_on(answers.passing(fact))
    suggested = suggestion.suggested_for(visit.request, fact)
    begun = {fact: suggested.pence} if suggested else initial([declared], answers.said)
    form = FactsForm([declared], visit.posted, initial=begun, about=answers.about, today=visit.on)
    if form.is_valid():
        said = form.said()
        told = answers.saying(fact, said[fact]) if fact in said else answers.unsaying(fact)
        if _stands(visit, form, told, fact):
            return suggestion.forget(visit.go_on(told)) if suggested else visit.go_on(told)
    known = {"may_pass": may_pass, "suggested": suggested, "said": initial([declared], answers.said).get(fact)}
    return _ask(visit, form, fact, [declared], {**known, **_why(visit, fact)})


def kinds(visit: Visit, list_name: str) -> HttpResponse:
    """Ask which kinds of a list the person has."""
    held, answers = _list(list_name), visit.answers
    if visit.request.method == "POST" and "pass" in visit.request.POST:
        return visit.go_on(answers.passing(list_name))
    begun = {"kinds": _kinds_told(answers, list_name)}
    form = KindsForm(held, visit.posted, initial=begun, about=answers.about)
    if form.is_valid():
        return visit.go_on(answers.having(list_name, form.kinds()))
    return _ask(visit, form, list_name, [], {"may_pass": True, **_why(visit, list_name)})


def item(visit: Visit, list_name: str, key: str) -> HttpResponse:
    """Ask about one item of a list: only what can change the answer."""
    held, answers = _list(list_name), visit.answers
    told = answers.lists.get(list_name)
    if told is None or key not in told.items:
        return redirect(visit.address("list", list_name))
    facts = facts_to_ask(answers, list_name, key, visit.council, visit.on)
    if not facts:
        return visit.go_on(answers)
    here, name = told.items[key], f"{list_name}.{key}"
    passes = visit.request.method == "POST" and "pass" in visit.request.POST
    asked = [fact for fact in facts if fact.required] if passes else facts
    form = FactsForm(asked, visit.posted, initial=initial(facts, here.said), about=answers.about, today=visit.on)
    if visit.request.method == "POST" and form.is_valid():
        if passes:
            return visit.go_on(_passed(answers, list_name, key, form))
        kept = {fact: said for fact, said in here.said.items() if fact not in form.facts}
        said = {fact: value for fact, value in form.said().items() if value is not None}
        described = answers.with_item(list_name, key, Item(here.kind, {**kept, **said}, is_done=True))
        if _stands(visit, form, described, name):
            if is_described(described, list_name, key, visit.council, visit.on):
                return _after_item(visit, described, list_name, here.kind)
            more = described.with_item(list_name, key, Item(here.kind, {**kept, **said}))
            return visit.keep(more, visit.address("item", list_name, key))
    if passes:
        form = _with_all(form, facts, visit, here)
    known = {
        "may_pass": any(not fact.required and fact.left_out is None for fact in facts),
        **_why(visit, list_name),
        "kind": _said_kind(held, here.kind),
        "place": _place_among(told.items, key),
        "may_add": len(told.items) < MOST_ITEMS and _may_be_several(held, here.kind),
        "new_key": answers.new_key(list_name),
        "remove": visit.address("remove", list_name, key),
    }
    return _ask(visit, form, name, facts, known)


def remove(visit: Visit, list_name: str, key: str) -> HttpResponse:
    """Take one item out of a list, once it is confirmed."""
    held, answers = _list(list_name), visit.answers
    told = answers.lists.get(list_name)
    if told is None or key not in told.items:
        return redirect(visit.address("check"))
    if visit.request.method == "POST":
        return visit.keep(answers.without_item(list_name, key), visit.address("check"))
    kind = _said_kind(held, told.items[key].kind)
    return visit.show("public/questions/remove.html", {"kind": kind, "back": visit.address("check")})


def check(visit: Visit) -> HttpResponse:
    """Show every answer, to change any of them."""
    answers, assessment = visit.answers, visit.assessment
    shown = summary(answers, assessment)
    known = {
        "shown": shown,
        "so_far": progress.so_far(assessment),
        "left": progress.left(answers, assessment),
        "is_begun": answers.are_begun,
        "back": visit.back(""),
    }
    return visit.show("public/questions/check.html", known)


def _ask(visit: Visit, form: DesignForm, name: str, facts: list[Fact], known: Mapping[str, object]) -> HttpResponse:
    told = {
        "form": form,
        "back": visit.back(name),
        "weekly": [fact.name for fact in facts if fact.unit == "£ a week"],
        "so_far": progress.so_far(visit.assessment),
        "left": progress.left(visit.answers, visit.assessment),
    }
    template = {"question": "fact", "list": "kinds", "item": "item"}[_kind_of_page(name)]
    return visit.show(f"public/questions/{template}.html", {**told, **known})


def _kind_of_page(name: str) -> str:
    return "item" if "." in name else "list" if name in law().lists else "question"


def _list(name: str) -> ItemList:
    held = law().lists.get(name)
    if held is None or held.of_council:
        raise Http404
    return held


def _why(visit: Visit, name: str) -> dict[str, object]:
    """Why something is asked, and the law behind it."""
    asked = question_of(policy_of(visit.assessment.council, visit.assessment.on, plan(ANSWERS)), name)
    return {"why": asked, "law": legislation.parts(asked.law)}


def _kinds_told(answers: Answers, list_name: str) -> list[str]:
    told = answers.lists.get(list_name)
    if told is None:
        return []
    return list(dict.fromkeys(item.kind for item in told.items.values())) or [KindsForm.NONE]


def _said_kind(held: ItemList, kind: str) -> str:
    table = held.facts["kind"].unit
    return table.says(kind) if isinstance(table, Kinds) and kind in table else kind


def _may_be_several(held: ItemList, kind: str) -> bool:
    """Whether somebody may have more than one of a kind: of the main or only home there is one."""
    table = held.facts["kind"].unit
    return not (isinstance(table, Kinds) and kind in table and table.rows[kind].get("home"))


def _place_among(items: Mapping[str, Item], key: str) -> str:
    """Which of several of the same kind an item is, in words."""
    same = [each for each, item in items.items() if item.kind == items[key].kind]
    return f"{same.index(key) + 1} of {len(same)}" if len(same) > 1 else ""


def _passed(answers: Answers, list_name: str, key: str, form: FactsForm) -> Answers:
    kind = answers.lists[list_name].items[key].kind
    said = {fact: value for fact, value in form.said().items() if value is not None}
    return answers.with_item(list_name, key, Item(kind, said, is_done=True)).passing(f"{list_name}.{key}")


def _with_all(form: FactsForm, facts: list[Fact], visit: Visit, here: Item) -> FactsForm:
    """The form of all facts, with only the errors of those that even somebody who passes must answer."""
    whole = FactsForm(
        facts, visit.request.POST, initial=initial(facts, here.said), about=visit.answers.about, today=visit.on
    )
    for name in [name for name in whole.errors if name not in form.errors]:
        del whole.errors[name]
    return whole


def _after_item(visit: Visit, answers: Answers, list_name: str, kind: str) -> HttpResponse:
    """On to the next page, or to another item of the same kind where that is asked for."""
    new = visit.request.POST.get("another", "")
    if not new:
        return visit.go_on(answers)
    items = answers.lists[list_name].items
    if new not in items:
        if len(items) >= MOST_ITEMS or new != answers.new_key(list_name):
            return visit.go_on(answers)
        answers = answers.with_item(list_name, new, Item(kind))
    return visit.keep(answers, visit.address("item", list_name, new))


def _stands(visit: Visit, form: FactsForm, answers: Answers, page: str) -> bool:
    """Whether the law's door takes the answers; what it does not take stands at its field, or above with a link."""
    described = answers.described()
    try:
        case_of(described, visit.council, visit.on)
    except Refusal as refusal:
        for objection in objections(refusal, described):
            _object(visit, form, objection, page)
        return False
    return True


def _object(visit: Visit, form: FactsForm, objection: Objection, page: str) -> None:
    if objection.page == page and objection.fact in form.fields:
        form.add_error(objection.fact, objection.says)
    else:
        address = visit.address_named(objection.page) if objection.page and objection.page != page else ""
        form.object(objection.says, address)

"""What can be seen or done, each by its name, with the words that follow the actor's name on a timeline."""

from farthing.base.refusal import Problem, Refusal

ACTIONS = {
    # people
    "person added": "added the person",
    "person changed": "changed the person's details",
    "person forgotten": "deleted the person, of whom nothing was on file",
    "person seen": "looked at the person's details",
    "people searched": "searched for people",
    "people imported": "brought in people from a file",
    "death recorded": "recorded that the person has died",
    "representation stated": "said that they act for the person",
    "representation proved": "saw proof of the authority to act for the person",
    "representation ended": "ended an authority to act for the person",
    # estimates and requests
    "estimate saved": "saved an estimate",
    "estimate handed over": "handed an estimate to the council as an application",
    "request begun": "began an application",
    "request changed": "changed an application",
    "request received": "handed in an application",
    "request assigned": "gave the case to an officer",
    "request moved": "moved the case on",
    "request withdrawn": "withdrew the application",
    "request discarded": "deleted an application that was never sent",
    "details declined": "chose not to give details of their money",
    "details given after all": "went back to giving details of their money",
    "change reported": "reported a change of circumstances",
    "review asked": "asked for a decision to be looked at again",
    "review decided": "decided a review",
    # casework
    "case seen": "looked at the case",
    "worklist seen": "looked at the worklist",
    "fact stated": "gave an answer",
    "facts stated": "gave answers",
    "facts verified": "verified answers",
    "fact corrected": "put an answer right",
    "evidence added": "sent in evidence",
    "evidence seen": "looked at evidence",
    "evidence accepted": "accepted evidence",
    "evidence refused": "did not accept evidence",
    "evidence asked for": "asked for evidence",
    "evidence taken back": "took evidence back",
    "virus found": "found a virus in a file and deleted it",
    "note written": "wrote a note",
    "task set": "set a task",
    "task done": "did a task",
    "visit recorded": "recorded an assessment by telephone or at home",
    "message sent": "sent a message",
    "message read": "read a message",
    # decisions
    "departure proposed": "asked to depart from the usual rule",
    "departure approved": "approved a departure from the usual rule",
    "departure declined": "refused a departure from the usual rule",
    "departure withdrawn": "withdrew a departure from the usual rule",
    "decision drafted": "drafted a decision",
    "decision changed": "changed a draft decision",
    "decision sent to check": "sent a decision to be checked",
    "decision checked": "checked a decision",
    "decision sent back": "sent a decision back",
    "backdating approved": "approved a decision that reaches far back",
    "decision sealed": "made the decision",
    "decision superseded": "replaced a decision with another",
    "decision seen": "looked at a decision",
    "working seen": "looked at the working",
    # letters
    "letter written": "wrote a letter",
    "letter seen": "looked at a letter",
    "letter queued": "put a letter in the queue to be sent",
    "letter sent": "sent a letter",
    "letter delivered": "learned that a letter was delivered or posted",
    "letter failed": "could not send a letter",
    "letter returned": "learned that a letter came back",
    "letter sent again": "asked for a letter to be sent again",
    # accounts
    "account made": "made an account",
    "account changed": "changed an account",
    "account stopped": "stopped an account",
    "role granted": "gave a role",
    "role taken away": "took a role away",
    "sign-in link sent": "asked for a link to sign in",
    "signed in": "signed in",
    "signed out": "signed out",
    "sign-in refused": "was refused when signing in",
    "session ended": "was signed out after the time allowed",
    "locked out": "was locked out after too many tries",
    "passkey added": "added a passkey",
    "passkey removed": "removed a passkey",
    "second factor set": "set up a second factor",
    "second factor taken away": "took a second factor away",
    "token made": "made a token for another program",
    "token ended": "ended a token of another program",
    "program asked": "asked through the programming interface",
    "page refused": "was refused a page",
    # the service itself
    "report seen": "looked at a report",
    "report downloaded": "downloaded a report",
    "audit seen": "looked at the audit record",
    "audit verified": "verified the audit record",
    "job started": "started a job",
    "job ended": "ended a job",
    "expired dropped": "dropped what was kept too long",
}
"""Every action by its name. Add one here before it is recorded; never change or remove one that has been."""


def words(action: str) -> str:
    """What follows the actor's name on a timeline. Raises ``Refusal`` for an action that is not declared."""
    if action not in ACTIONS:
        raise Refusal(
            Problem("action", f"is not declared: {action!r}", "Declare it in farthing/service/audit/actions.py")
        )
    return ACTIONS[action]

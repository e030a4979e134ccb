"""Who gets what: every route, every role, every kind of subject.

A row is `endpoint METHOD subject` and the answers to, in this order: nobody, otto (a rep without
a team), rae (a rep, who owns the draft “own”), mia (manager), max (marketer), ada (admin).
Subjects: `published`, `own` (rae's draft), `other` (a draft of max), `retired`; `deal` (rae's, of
the team North, with a use of hers), `hidden` (rob's, of the team South, with a use of his), `new`
(a deal that is not there yet); `feedback` (of rae on a piece of max); `recall` (of a piece of max
that rae holds), `notice` (to rae), `review` (of a draft of max, for which rae is named);
`search` (that rae made), `saved` (a search that rae keeps), `synonyms` (a group);
`person`, or `-`.
"""

from typing import Any

PAGES = """
account.index                  GET   -          303 200 200 200 200 200
account.issue_token            POST  -          303 201 201 201 201 201
account.mail                   POST  -          303 303 303 303 303 303
account.password               GET   -          303 200 200 200 200 200
account.password               POST  -          303 422 422 422 422 422
account.revoke_token           POST  -          303 404 404 404 404 404
account.sign_out_everywhere    POST  -          303 303 303 303 303 303
adoption.csv                   GET   -          303 200 200 200 200 200
adoption.index                 GET   -          303 200 200 200 200 200
adoption.matrix                GET   -          303 200 200 200 200 200
adoption.matrix_csv            GET   -          303 200 200 200 200 200
audit.index                    GET   -          303 403 403 403 403 200
deals.create                   POST  -          303 303 303 303 303 303
deals.deal                     GET   deal       303 404 200 200 200 200
deals.deal                     GET   hidden     303 404 404 404 200 200
deals.edit                     GET   deal       303 404 200 200 200 200
deals.edit                     GET   hidden     303 404 404 404 200 200
deals.edit                     POST  deal       303 404 303 303 303 303
deals.edit                     POST  hidden     303 404 404 404 303 303
deals.index                    GET   -          303 200 200 200 200 200
deals.new                      GET   -          303 200 200 200 200 200
feedback.accept                POST  feedback   303 403 403 403 303 303
feedback.decline               POST  feedback   303 403 403 403 303 303
feedback.fix                   POST  feedback   303 403 403 403 422 422
feedback.give                  POST  -          303 303 303 303 303 303
feedback.index                 GET   -          303 200 200 200 200 200
feedback.new                   GET   -          303 200 200 200 200 200
feedback.one                   GET   feedback   303 200 200 200 200 200
field_reviews.ask              POST  published  303 403 403 403 409 409
field_reviews.ask              POST  own        303 403 403 403 303 303
field_reviews.ask              POST  other      303 403 403 403 303 303
field_reviews.ask              POST  retired    303 403 403 403 409 409
field_reviews.comment          POST  review     303 404 303 404 303 303
field_reviews.page             GET   published  303 200 200 200 200 200
field_reviews.page             GET   own        303 404 200 404 200 200
field_reviews.page             GET   other      303 404 404 404 200 200
field_reviews.page             GET   retired    303 200 200 200 200 200
field_reviews.say              POST  review     303 404 303 404 403 403
field_reviews.withdraw         POST  review     303 404 403 404 303 303
freshness.check                POST  -          303 200 200 200 200 200
freshness.index                GET   -          303 200 200 200 200 200
freshness.pages                POST  -          303 422 422 422 422 422
gaps.csv                       GET   -          303 200 200 200 200 200
gaps.index                     GET   -          303 200 200 200 200 200
gaps.searches                  GET   -          303 200 200 200 200 200
gaps.searches_csv              GET   -          303 200 200 200 200 200
governance.add_tag             POST  deal       303 403 403 403 303 422
governance.confirm             POST  deal       303 403 403 403 303 303
governance.csv                 GET   -          303 403 403 200 200 200
governance.give                POST  deal       303 403 403 403 303 303
governance.index               GET   -          303 403 403 200 200 200
governance.retire              POST  deal       303 403 403 403 303 422
governance.set_review          POST  deal       303 403 403 403 303 303
health.healthz                 GET   -          200 200 200 200 200 200
health.readyz                  GET   -          503 503 503 503 503 503
help.api                       GET   -          200 200 200 200 200 200
help.evidence                  GET   -          303 200 200 200 200 200
help.ranking                   GET   -          303 200 200 200 200 200
help.search                    GET   -          303 200 200 200 200 200
home.arrival                   GET   -          303 200 200 200 200 200
home.index                     GET   -          303 200 200 200 200 200
inbox.all_seen                 POST  -          303 303 303 303 303 303
inbox.index                    GET   -          303 200 200 200 200 200
inbox.one                      GET   notice     303 404 303 404 404 404
insights.evidence_card         GET   published  303 200 200 200 200 200
insights.evidence_card         GET   own        303 404 200 404 200 200
insights.evidence_card         GET   other      303 404 404 404 200 200
insights.evidence_card         GET   retired    303 200 200 200 200 200
insights.evidence_csv          GET   -          303 200 200 200 200 200
insights.evidence_list         GET   -          303 200 200 200 200 200
insights.evidence_peers        GET   published  303 200 200 200 200 200
insights.evidence_peers        GET   own        303 404 200 404 200 200
insights.evidence_peers        GET   other      303 404 404 404 200 200
insights.evidence_peers        GET   retired    303 200 200 200 200 200
insights.evidence_rows         GET   published  303 200 200 200 200 200
insights.evidence_rows         GET   own        303 404 200 404 200 200
insights.evidence_rows         GET   other      303 404 404 404 200 200
insights.evidence_rows         GET   retired    303 200 200 200 200 200
joining.ask                    GET   published  303 403 403 403 200 200
joining.ask                    GET   own        303 404 403 404 200 200
joining.ask                    GET   other      303 404 404 404 200 200
joining.ask                    GET   retired    303 403 403 403 200 200
joining.join                   POST  published  303 403 403 403 422 422
joining.join                   POST  own        303 403 403 403 422 422
joining.join                   POST  other      303 403 403 403 422 422
joining.join                   POST  retired    303 403 403 403 422 422
joining.taken_in               GET   published  303 200 200 200 200 200
joining.taken_in               GET   own        303 404 200 404 200 200
joining.taken_in               GET   other      303 404 404 404 200 200
joining.taken_in               GET   retired    303 200 200 200 200 200
kinds.index                    GET   -          303 403 403 403 403 200
kinds.settle                   POST  -          303 403 403 403 403 303
library_health.csv             GET   -          303 403 403 200 200 200
library_health.index           GET   -          303 403 403 200 200 200
library_health.pieces          GET   -          303 403 403 200 200 200
library_health.pieces_csv      GET   -          303 403 403 200 200 200
library.asset                  GET   published  303 200 200 200 200 200
library.asset                  GET   own        303 404 200 404 200 200
library.asset                  GET   other      303 404 404 404 200 200
library.asset                  GET   retired    303 200 200 200 200 200
library.diff                   GET   published  303 409 409 409 409 409
library.diff                   GET   own        303 404 409 404 409 409
library.diff                   GET   other      303 404 404 404 409 409
library.diff                   GET   retired    303 404 404 404 404 404
library.edit                   GET   published  303 403 403 403 200 200
library.edit                   GET   own        303 404 403 404 200 200
library.edit                   GET   other      303 404 404 404 200 200
library.edit                   GET   retired    303 403 403 403 200 200
library.edit                   POST  published  303 403 403 403 303 303
library.edit                   POST  own        303 404 403 404 303 303
library.edit                   POST  other      303 404 404 404 303 303
library.edit                   POST  retired    303 403 403 403 303 303
library.file                   GET   published  303 200 200 200 200 200
library.file                   GET   own        303 404 404 404 404 404
library.file                   GET   other      303 404 404 404 404 404
library.file                   GET   retired    303 409 409 409 200 200
library.page_image             GET   published  303 404 404 404 404 404
library.page_image             GET   own        303 404 404 404 404 404
library.page_image             GET   other      303 404 404 404 404 404
library.page_image             GET   retired    303 404 404 404 404 404
library.version_file           GET   published  303 403 403 403 200 200
library.version_file           GET   own        303 404 200 404 200 200
library.version_file           GET   other      303 404 404 404 200 200
library.version_file           GET   retired    303 409 409 409 200 200
library.versions               GET   published  303 200 200 200 200 200
library.versions               GET   own        303 404 200 404 200 200
library.versions               GET   other      303 404 404 404 200 200
library.versions               GET   retired    303 200 200 200 200 200
openapi                        GET   -          200 200 200 200 200 200
people.activate                POST  person     303 403 403 403 403 303
people.add                     POST  -          303 403 403 403 403 201
people.add_team                POST  -          303 403 403 403 403 303
people.change                  POST  person     303 403 403 403 403 303
people.deactivate              POST  person     303 403 403 403 403 303
people.edit                    GET   person     303 403 403 403 403 200
people.index                   GET   -          303 403 403 403 403 200
people.new                     GET   -          303 403 403 403 403 200
people.rename_team             POST  -          303 403 403 403 403 303
people.reset_password          POST  person     303 403 403 403 403 200
people.teams                   GET   -          303 403 403 403 403 200
publishing.confirm             POST  published  303 403 403 403 303 303
publishing.confirm             POST  own        303 404 409 404 409 409
publishing.confirm             POST  other      303 404 404 404 409 409
publishing.confirm             POST  retired    303 403 403 403 409 409
publishing.create              POST  -          303 403 403 403 201 201
publishing.new                 GET   -          303 403 403 403 200 200
publishing.new_version         GET   published  303 403 403 403 200 200
publishing.new_version         GET   own        303 404 403 404 200 200
publishing.new_version         GET   other      303 404 404 404 200 200
publishing.new_version         GET   retired    303 403 403 403 200 200
publishing.publish_draft       POST  published  303 403 403 403 303 303
publishing.publish_draft       POST  own        303 404 403 404 303 303
publishing.publish_draft       POST  other      303 404 404 404 303 303
publishing.publish_draft       POST  retired    303 403 403 403 409 409
publishing.publish_version     POST  published  303 403 403 403 303 303
publishing.publish_version     POST  own        303 403 403 403 303 303
publishing.publish_version     POST  other      303 403 403 403 303 303
publishing.publish_version     POST  retired    303 403 403 403 409 409
publishing.restore             POST  published  303 403 403 403 409 409
publishing.restore             POST  own        303 404 403 404 409 409
publishing.restore             POST  other      303 404 404 404 409 409
publishing.restore             POST  retired    303 403 403 403 303 303
publishing.retire              GET   published  303 403 403 403 200 200
publishing.retire              GET   own        303 404 403 404 200 200
publishing.retire              GET   other      303 404 404 404 200 200
publishing.retire              GET   retired    303 403 403 403 200 200
publishing.retire              POST  published  303 403 403 403 303 303
publishing.retire              POST  own        303 404 403 404 409 409
publishing.retire              POST  other      303 404 404 404 409 409
publishing.retire              POST  retired    303 403 403 403 409 409
publishing.rollback            POST  published  303 403 403 403 303 303
publishing.rollback            POST  own        303 404 403 404 409 409
publishing.rollback            POST  other      303 404 404 404 409 409
publishing.rollback            POST  retired    303 403 403 403 409 409
recalls.done                   POST  recall     303 404 303 404 409 409
recalls.done_for               POST  recall     303 404 403 404 303 303
recalls.index                  GET   -          303 200 200 200 200 200
recalls.one                    GET   recall     303 404 200 404 200 200
recalls.report                 GET   recall     303 404 403 404 200 200
reviews.index                  GET   -          303 200 200 200 200 200
saved_searches.index           GET   -          303 200 200 200 200 200
saved_searches.notices         POST  saved      303 404 303 404 404 404
saved_searches.remove          POST  saved      303 404 303 404 404 404
saved_searches.save            POST  -          303 303 303 303 303 303
search_index.page              GET   -          303 403 403 403 403 200
search_index.rebuild           POST  -          303 403 403 403 403 303
search_index.state             GET   -          303 403 403 403 403 200
scoreboard.csv                 GET   -          303 200 200 200 200 200
scoreboard.index               GET   -          303 200 200 200 200 200
scoreboard.overview_page       GET   -          303 200 200 200 200 200
scoreboard.rows                GET   -          303 200 200 200 200 200
search.chosen                  POST  search     303 204 204 204 204 204
search.click                   POST  search     303 404 204 404 404 404
search.results                 GET   -          303 200 200 200 200 200
search.suggestions             GET   -          303 200 200 200 200 200
search.wanted                  POST  search     303 404 303 404 404 404
session.first_admin            GET   -          403 403 403 403 403 403
session.first_admin            POST  -          403 403 403 403 403 403
session.sign_in                GET   -          200 303 303 303 303 303
session.sign_in                POST  -          401 401 401 401 401 401
session.sign_out               POST  -          303 303 303 303 303 303
synonyms.add                   POST  -          303 403 403 403 403 303
synonyms.change                POST  synonyms   303 403 403 403 403 303
synonyms.index                 GET   -          303 403 403 403 403 200
synonyms.remove                POST  synonyms   303 403 403 403 403 303
static                         GET   -          200 200 200 200 200 200
uses.choose_asset              GET   deal       303 404 200 200 200 200
uses.choose_asset              GET   hidden     303 404 404 404 200 200
uses.choose_deal               GET   published  303 200 200 200 200 200
uses.choose_deal               GET   own        303 404 200 404 200 200
uses.choose_deal               GET   other      303 404 404 404 200 200
uses.choose_deal               GET   retired    303 200 200 200 200 200
uses.log_from_asset            POST  published  303 422 422 422 422 422
uses.log_from_asset            POST  own        303 404 422 404 422 422
uses.log_from_asset            POST  other      303 404 404 404 422 422
uses.log_from_asset            POST  retired    303 422 422 422 422 422
uses.log_from_deal             POST  deal       303 404 303 303 303 303
uses.log_from_deal             POST  hidden     303 404 404 404 303 303
uses.undo                      POST  deal       303 404 303 403 403 303
uses.undo                      POST  hidden     303 404 404 404 403 303
"""

CALLS = """
api_assets.change              PATCH published  401 403 403 403 200 200
api_assets.change              PATCH own        401 404 403 404 200 200
api_assets.change              PATCH other      401 404 404 404 200 200
api_assets.change              PATCH retired    401 403 403 403 200 200
api_assets.confirm             POST  published  401 403 403 403 200 200
api_assets.confirm             POST  own        401 404 409 404 409 409
api_assets.confirm             POST  other      401 404 404 404 409 409
api_assets.confirm             POST  retired    401 403 403 403 409 409
api_assets.create              POST  -          401 403 403 403 201 201
api_assets.get                 GET   published  401 200 200 200 200 200
api_assets.get                 GET   own        401 404 200 404 200 200
api_assets.get                 GET   other      401 404 404 404 200 200
api_assets.get                 GET   retired    401 200 200 200 200 200
api_assets.impact              GET   published  401 403 403 403 200 200
api_assets.impact              GET   own        401 404 403 404 200 200
api_assets.impact              GET   other      401 404 404 404 200 200
api_assets.impact              GET   retired    401 403 403 403 200 200
api_assets.join                POST  published  401 403 403 403 422 422
api_assets.join                POST  own        401 404 403 404 422 422
api_assets.join                POST  other      401 404 404 404 422 422
api_assets.join                POST  retired    401 403 403 403 422 422
api_assets.listing             GET   -          401 200 200 200 200 200
api_assets.near                GET   published  401 200 200 200 200 200
api_assets.near                GET   own        401 404 200 404 200 200
api_assets.near                GET   other      401 404 404 404 200 200
api_assets.near                GET   retired    401 200 200 200 200 200
api_assets.publish             POST  published  401 403 403 403 200 200
api_assets.publish             POST  own        401 404 403 404 200 200
api_assets.publish             POST  other      401 404 404 404 200 200
api_assets.publish             POST  retired    401 403 403 403 409 409
api_assets.restore             POST  published  401 403 403 403 409 409
api_assets.restore             POST  own        401 404 403 404 409 409
api_assets.restore             POST  other      401 404 404 404 409 409
api_assets.restore             POST  retired    401 403 403 403 200 200
api_assets.retire              POST  published  401 403 403 403 200 200
api_assets.retire              POST  own        401 404 403 404 409 409
api_assets.retire              POST  other      401 404 404 404 409 409
api_assets.retire              POST  retired    401 403 403 403 409 409
api_assets.rollback            POST  published  401 403 403 403 200 200
api_assets.rollback            POST  own        401 404 403 404 409 409
api_assets.rollback            POST  other      401 404 404 404 409 409
api_assets.rollback            POST  retired    401 403 403 403 409 409
api_deals.get                  GET   deal       401 404 200 200 200 200
api_deals.get                  GET   hidden     401 404 404 404 200 200
api_deals.listing              GET   -          401 200 200 200 200 200
api_deals.put                  PUT   deal       401 404 200 200 200 200
api_deals.put                  PUT   hidden     401 404 404 404 200 200
api_deals.put                  PUT   new        401 201 201 201 201 201
api_deals.put_many             POST  -          401 200 200 200 200 200
api_feedback.accept            POST  feedback   401 403 403 403 200 200
api_feedback.decline           POST  feedback   401 403 403 403 200 200
api_feedback.fix               POST  feedback   401 403 403 403 422 422
api_feedback.get               GET   feedback   401 200 200 200 200 200
api_feedback.give              POST  -          401 201 201 201 201 201
api_feedback.listing           GET   -          401 200 200 200 200 200
api_field_reviews.ask          POST  published  401 403 403 403 409 409
api_field_reviews.ask          POST  own        401 404 403 404 201 201
api_field_reviews.ask          POST  other      401 404 404 404 201 201
api_field_reviews.ask          POST  retired    401 403 403 403 409 409
api_field_reviews.comment      POST  review     401 404 201 404 201 201
api_field_reviews.listing      GET   published  401 200 200 200 200 200
api_field_reviews.listing      GET   own        401 404 200 404 200 200
api_field_reviews.listing      GET   other      401 404 404 404 200 200
api_field_reviews.listing      GET   retired    401 200 200 200 200 200
api_field_reviews.say          POST  review     401 404 200 404 403 403
api_field_reviews.withdraw     POST  review     401 404 403 404 200 200
api_freshness.freshness        POST  -          401 200 200 200 200 200
api_insights.adoption          GET   -          401 200 200 200 200 200
api_insights.coverage          GET   -          401 200 200 200 200 200
api_insights.evidence          GET   -          401 200 200 200 200 200
api_insights.evidence_rows     GET   published  401 200 200 200 200 200
api_insights.evidence_rows     GET   own        401 404 200 404 200 200
api_insights.evidence_rows     GET   other      401 404 404 404 200 200
api_insights.evidence_rows     GET   retired    401 200 200 200 200 200
api_insights.gaps              GET   -          401 200 200 200 200 200
api_insights.governance        GET   -          401 403 403 200 200 200
api_insights.library           GET   -          401 403 403 200 200 200
api_insights.scoreboard        GET   -          401 200 200 200 200 200
api_me.me                      GET   -          401 200 200 200 200 200
api_notices.listing            GET   -          401 200 200 200 200 200
api_notices.seen               POST  notice     401 404 200 404 404 404
api_recalls.done               POST  recall     401 404 200 404 409 409
api_recalls.get                GET   recall     401 404 200 404 200 200
api_recalls.listing            GET   -          401 200 200 200 200 200
api_saved_searches.change      PATCH saved      401 404 200 404 404 404
api_saved_searches.listing     GET   -          401 200 200 200 200 200
api_saved_searches.remove      DELETE saved     401 404 204 404 404 404
api_saved_searches.save        POST  -          401 201 201 201 201 201
api_search_index.get           GET   -          401 403 403 403 403 200
api_search_index.rebuild       POST  -          401 403 403 403 403 202
api_search.click               POST  search     401 404 204 404 404 404
api_search.search              GET   -          401 200 200 200 200 200
api_search.suggestions         GET   -          401 200 200 200 200 200
api_search.wanted              POST  search     401 404 204 404 404 404
api_synonyms.add               POST  -          401 403 403 403 403 201
api_synonyms.change            PUT   synonyms   401 403 403 403 403 200
api_synonyms.listing           GET   -          401 403 403 403 403 200
api_synonyms.remove            DELETE synonyms  401 403 403 403 403 204
api_uses.listing               GET   deal       401 404 200 200 200 200
api_uses.listing               GET   hidden     401 404 404 404 200 200
api_uses.log                   POST  deal       401 404 201 201 201 201
api_uses.log                   POST  hidden     401 404 404 404 201 201
api_uses.log_many              POST  -          401 200 200 200 200 200
api_uses.undo                  DELETE deal      401 404 204 403 403 204
api_uses.undo                  DELETE hidden    401 404 404 404 403 204
api_versions.add               POST  published  401 403 403 403 201 201
api_versions.add               POST  own        401 404 403 404 201 201
api_versions.add               POST  other      401 404 404 404 201 201
api_versions.add               POST  retired    401 403 403 403 409 409
api_versions.diff              GET   published  401 409 409 409 409 409
api_versions.diff              GET   own        401 404 409 404 409 409
api_versions.diff              GET   other      401 404 404 404 409 409
api_versions.diff              GET   retired    401 404 404 404 404 404
api_versions.file              GET   published  401 200 200 200 200 200
api_versions.file              GET   own        401 404 404 404 404 404
api_versions.file              GET   other      401 404 404 404 404 404
api_versions.file              GET   retired    401 409 409 409 200 200
api_versions.get               GET   published  401 200 200 200 200 200
api_versions.get               GET   own        401 404 200 404 200 200
api_versions.get               GET   other      401 404 404 404 200 200
api_versions.get               GET   retired    401 200 200 200 200 200
api_versions.listing           GET   published  401 200 200 200 200 200
api_versions.listing           GET   own        401 404 200 404 200 200
api_versions.listing           GET   other      401 404 404 404 200 200
api_versions.listing           GET   retired    401 200 200 200 200 200
api_versions.page_image        GET   published  401 404 404 404 404 404
api_versions.page_image        GET   own        401 404 404 404 404 404
api_versions.page_image        GET   other      401 404 404 404 404 404
api_versions.page_image        GET   retired    401 404 404 404 404 404
api_versions.pages             GET   published  401 200 200 200 200 200
api_versions.pages             GET   own        401 404 200 404 200 200
api_versions.pages             GET   other      401 404 404 404 200 200
api_versions.pages             GET   retired    401 200 200 200 200 200
api_versions.version_file      GET   published  401 403 403 403 200 200
api_versions.version_file      GET   own        401 404 200 404 200 200
api_versions.version_file      GET   other      401 404 404 404 200 200
api_versions.version_file      GET   retired    401 409 409 409 200 200
"""

ASKERS = ("", "otto", "rae", "mia", "max", "ada")
FILE = "file"

# What is sent, by endpoint: enough that only leave, sight or state can refuse it.
SENT: dict[str, dict[str, Any]] = {
    "account.issue_token": {"name": "script"},
    "account.password": {"current": "wrong", "password": "a new long password"},
    "deals.create": {"name": "A deal"},
    "deals.edit": {"name": "Another name"},
    "field_reviews.ask": {"reviewers": "rae@example.com"},
    "field_reviews.comment": {"text": "Hm"},
    "field_reviews.say": {"readiness": "ready"},
    "feedback.decline": {"reason": "It is right"},
    "feedback.fix": {"version": "1"},
    "feedback.give": {"verdict": "missing", "note": "Nothing on TempWise"},
    "freshness.check": {"hashes": "a" * 64},
    "joining.join": {"into": "no-such-asset", "change_note": "Newer"},
    "kinds.settle": {"review_days": "90"},
    "governance.add_tag": {"asset": "1", "tag": "ocean"},
    "governance.confirm": {"asset": "1"},
    "governance.give": {"asset": "1", "owner": "max@example.com"},
    "governance.retire": {"asset": "1", "reason": "Wrong"},
    "governance.set_review": {"asset": "1", "review_by": "2999-01-31"},
    "library.edit": {"title": "Changed"},
    "people.add": {"email": "new@example.com", "role": "rep"},
    "people.add_team": {"name": "West"},
    "people.change": {"email": "rob@example.com", "name": "Rob", "role": "rep"},
    "people.rename_team": {"name": "Renamed"},
    "publishing.create": {"title": "New", FILE: ""},
    "publishing.publish_version": {"change_note": "Better", "publish": "true", FILE: ""},
    "publishing.retire": {"reason": "Wrong"},
    "publishing.rollback": {"to": "1", "change_note": "It was better"},
    "saved_searches.notices": {"wanted": "false"},
    "saved_searches.save": {"name": "Acme", "q": "acme"},
    "search.chosen": {"q": "acme", "asset": "acme-deck", "position": "1"},
    "search.click": {"asset": "acme-deck", "position": "1"},
    "session.sign_in": {"email": "x@example.com", "password": "x"},
    "synonyms.add": {"words": "battlecard, kill sheet"},
    "synonyms.change": {"words": "price, cost"},
    "uses.log_from_deal": {"asset": "used", "how": "shared"},
    "api_assets.change": {"title": "Changed"},
    "api_assets.create": {"title": "New", FILE: ""},
    "api_assets.join": {"into": "no-such-asset", "change_note": "Newer"},
    "api_assets.retire": {"reason": "Wrong"},
    "api_assets.rollback": {"to": "1", "change_note": "It was better"},
    "api_deals.put": {"name": "A deal"},
    "api_deals.put_many": {"items": []},
    "api_field_reviews.ask": {"reviewers": ["rae@example.com"]},
    "api_field_reviews.comment": {"text": "Hm"},
    "api_field_reviews.say": {"readiness": "ready"},
    "api_feedback.decline": {"reason": "It is right"},
    "api_feedback.fix": {"version": 1},
    "api_feedback.give": {"assets": [], "verdict": "missing", "note": "Nothing on TempWise"},
    "api_freshness.freshness": {"sha256": ["a" * 64]},
    "api_saved_searches.change": {"notify": False},
    "api_saved_searches.save": {"name": "Acme", "q": "acme"},
    "api_search.click": {"asset": "acme-deck", "position": 1},
    "api_synonyms.add": {"words": ["battlecard", "kill sheet"]},
    "api_synonyms.change": {"words": ["price", "cost"]},
    "api_uses.log": {"asset": "used", "how": "shared"},
    "api_uses.log_many": {"items": []},
    "api_versions.add": {"change_note": "Better", FILE: ""},
}


def rows(table: str) -> list[tuple[str, str, str, tuple[int, ...]]]:
    """Endpoint, method, subject, and the six answers of each row."""
    found = []
    for line in filter(None, table.splitlines()):
        endpoint, method, subject, *answers = line.split()
        found.append((endpoint, method, subject, tuple(int(answer) for answer in answers)))
    return found

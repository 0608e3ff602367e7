"""What shoppers' words mean, by alphabet: what each list says, spelt as people write it.

`lexicon` folds these and what shoppers send with `consent.words.plain`, so capitals, marks and apostrophes
may stand or be missing. Entries are set apart by `|`; a word that ends in `*` stands for all that begin so.
Words of the lists are found anywhere in a message; `rules` says which of them must stand together.

Courtesies, of which a message must consist: thanks (also farewells), nod (heard, agreed), hello, around (says
nothing alone; with it that the order came, or that they wait), aside (only beside thanks), for and for_what
(of thanks); see_you, until (a day, or that they come by) and weekday, of farewells.
Orders: parcel, mine, where, when, arrive, sent_off (by the shop), asked_off (whether), tracking, status,
bought (they have); ready (to be collected); stock, to_order and change, none of which asks after an order.
People: person_alone (is the whole message, with want), human and talk (together), person_sure, not_ours.
Complaints, late: not_come, not_got, waiting, long, since, weeks, late, too_long, nothing; not there: lost,
gone, lacking and things; broken or bad: damaged, broke, fails, came and goods (of a thing in hand), not_this
(a thing that they replace, a style), quality, bad; wrong: wrong, you_sent, not_as_ordered, contrast (with
what they bought), picture and differs, variant (a colour or size: not the one bought), pleased; harm (of
whatever thing, said so that nothing else need be), mend (they ask whether it can be); else: refund, payment,
unanswered, nobody and answers, wrote and times, service, cheat, angry.
Guards: if, no_if (an "if" of courtesy), asking, offer, doubt, own_fault, not, not_after, why, it; urgent,
no_rush.
"""

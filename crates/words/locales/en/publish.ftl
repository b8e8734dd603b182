# Publishing and taking back.
publish-is = Public.
publish-not = Not public.
publish-until-need = Everybody sees the need while it is open and the institution itself is public.
publish-until-offer = Everybody sees the resource while it is open and its giver is public.
publish-until-actor = Everybody sees name, branch, address and opening hours. Nobody sees notes and contact persons.
publish-look = Have a look
publish-take-back = Show no longer
publish-consent-need = Show it only when the institution agrees.
publish-consent-offer = Show it only when its giver agrees.
publish-by-consent = The entry becomes public with the consent to web pages and map, further down on this page.
publish-do = Show to everybody

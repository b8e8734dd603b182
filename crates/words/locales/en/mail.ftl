# Mail that the program sends, and the pages about it.
mail-subject-invitation = Your access to { $project }
mail-body-invitation =
    Hello { $name },

    you are part of "{ $project }". With this link you sign in:

    { $link }

    It works once and for a week. Opening it changes nothing; the button on the page signs you in.

    You did not expect this? Then simply delete this mail.

    Kiezgrößen
    { $house }
mail-subject-sign_in_link = Your link to sign in
mail-body-sign_in_link =
    Hello { $name },

    somebody has asked for a link to sign in under your address. That was probably you:

    { $link }

    It works once and for an hour. If you have set up a second factor, you will be asked for it.

    It was not you? Then delete this mail. Without the link nobody gets in.

    Kiezgrößen
    { $house }
mail-subject-new_device = Signed in with a new device
mail-body-new_device =
    Hello { $name },

    on { $at } somebody signed in under your name with a device that was not known here: { $device }.

    Was that you? Then there is nothing to do.

    It was not you? Sign the device out and change your password: { $house }/account

    Kiezgrößen
    { $house }
mail-device-unknown = a device without a name
mail-subject-access_changed = Your access was changed
mail-body-access_changed =
    Hello { $name },

    on { $at } something about your access was changed: { $change }

    Was that you? Then there is nothing to do.

    It was not you? Have a look at once: { $house }/account
    If you cannot get in any more, ask who coordinates your project or who runs the program.

    Kiezgrößen
    { $house }
mail-subject-coordinator_named = { $who } is to coordinate { $project } as well
mail-body-coordinator_named =
    Hello { $name },

    { $who } was named as a coordinator of { $project } and will have all rights there in one day.
    Another coordinator can agree to it before that.

    Was this not agreed? Please tell a coordinator whom you know at once:
    until then it can be taken back under “Members”.

    Kiezgrößen
    { $house }
mail-change-password = A new password holds.
mail-change-codes = An app that makes codes is set up.
mail-change-codes_removed = The app that makes codes does not hold any more.
mail-change-passkey = A passkey was added.
mail-change-passkey_removed = A passkey was removed.
mail-change-recovery_codes = New emergency codes hold, the old ones do not.
mail-subject-own_page = Your page at “{ $project }”
mail-body-own_page =
    Hello { $name },

    here is the link to your page at “{ $project }”:

    { $link }

    It shows what is stored about you and what of it is public. You can agree, take back, write to us or object altogether. You need no account.

    The link is good for 90 days. Keep it all the same: when it is too old, simply open it and have a new one sent to this address.

    You did not expect us? Then delete this mail. Or object on your page, and we will not write to you again.

    Kind regards
    { $project }
    { $house }
mail-subject-notice = { $project }: what we have noted about you
mail-body-notice =
    Hello { $name },

    { $notice }

    All of it on one page, to look at, to change and to take back:

    { $link }

    The link is good for 90 days. Keep it all the same: when it is too old, simply open it and have a new one sent to this address.

    Kind regards
    { $project }
    { $house }

# Asking for a link by mail.
sign-in-mail-title = A link by mail
sign-in-mail-text = You get a link that works once. Your second factor stays as it is.
sign-in-mail-button = Ask for a link
sign-in-mail-asked-title = Look into your mailbox
sign-in-mail-asked-text = If there is an access for this address, a mail with a link is on its way. It works for an hour.
sign-in-mail-asked-hint = Nothing comes? Look into your spam folder. Otherwise whoever coordinates your project gives you a link.
sign-in-mail-wait = { $count ->
    [one] This was asked for just now. Please wait a second.
   *[other] This was asked for just now. Please wait { $shown } seconds.
}

# Inviting by mail.
member-send-mail = Also send a mail with a link of its own
member-send-mail-hint = Only with an address. The link on this page works all the same: mail does not always arrive.
member-language = Language of mails
member-mail-link = Send a link by mail
member-mail-queued = A mail with a link of its own is on its way.
member-mail-again = Such a mail has just gone out. A second one goes in a quarter of an hour at the earliest.
member-mail-look = Look at mail that was sent

# What was sent.
mail-title = Mail
mail-text = What the program has written to whom, and why. It does not keep the text.
mail-house-text = All mail of this installation. The program does not keep the text.
mail-none = No mail has been sent yet. It comes when you invite somebody, send a link, inform somebody or when something about an access is changed.
mail-total = { $count ->
    [one] One mail.
   *[other] { $shown } mails.
}
mail-when = When
mail-to = To
mail-to-contact = A contact of a project
mail-what = What it is about
mail-why = Why
mail-kind-invitation = Invitation
mail-kind-sign_in_link = Link to sign in
mail-kind-new_device = New device
mail-kind-access_changed = Access changed
mail-kind-coordinator_named = Coordinator named
mail-kind-own_page = Link to “Your page”
mail-kind-notice = Data protection notice
mail-basis-membership = belongs to the access
mail-basis-reply = asked for
mail-basis-cooperation = belongs to a running cooperation
mail-basis-consent = with consent
mail-basis-legal_duty = because the law wants it
mail-state-queued = waits
mail-state-failed = is tried again
mail-state-held = held
mail-state-sent = sent
mail-state-refused = not sent
mail-state-given_up = given up
mail-reason-account_removed = The access is gone.
mail-reason-not_a_member = The membership has ended.
mail-reason-no_address = There is no mail address.
mail-reason-bad_address = No mail can be sent to this address.
mail-reason-no_consent = The consent is missing.
mail-reason-objected = There is an objection under this address.
mail-reason-too_late = It would have come too late.
mail-reason-rejected = The mail server does not take it. Is the address right?
mail-reason-later = The mail server asks to try again later.
mail-reason-unreachable = The mail server does not answer.
mail-reason-folder = The folder for mail cannot be written to.
mail-reason-stopped = Somebody has stopped it.
mail-next = Next attempt { $at }
mail-attempts = { $count ->
    [one] one attempt
   *[other] { $shown } attempts
}
mail-send-now = Send now
mail-give-up = Do not send
mail-released = The mail goes out in a moment.
mail-given-up = The mail will not be sent.
mail-held = This copy holds its mail. None goes out until somebody releases it.
mail-held-by-house = Whoever runs the program can release it.
mail-hold = Hold mail
mail-hold-text = Nothing goes out until you release it. What comes up waits.
mail-release = Release mail
mail-release-text = This copy sends from now on. What has waited for more than three days stays held until you release it one by one.
mail-not-sending = Nobody here sends mail.
mail-into-folder = No mail server is set. Mail lies as files in the folder "mail" of the data.
mail-house-link = Mail of this installation

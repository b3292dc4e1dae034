/** Made by `npm run client:types`: the calls of the service. */

export interface paths {
  '/v1/users': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Create a person
     * @description Without `password` only a service may. With a `claim` code, or `verified` by a service, the contact is verified at once; an account that has it unverified loses it, and is told.
     */
    post: operations['UsersController_create'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/users/me': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Oneself */
    get: operations['UsersController_me'];
    put?: never;
    post?: never;
    /**
     * Delete the account
     * @description Needs a proof younger than five minutes, kept by the session or given here: `currentPassword` or a `login` code. Ends every session; mobile, username and e-mail are free at once. On a device that is not settled, without a code to a settled channel, it waits 14 days: 202. Every channel is told, and any login of a settled device cancels it; in the 30 days after that only `code` and `settled_device` are accepted.
     */
    delete: operations['UsersController_delete'];
    options?: never;
    head?: never;
    /**
     * Edit oneself
     * @description A new username, e-mail or mobile needs a proof younger than five minutes, kept by the session or given here: `currentPassword` or a `login` code. What it replaces stays claimed for 14 days (a username 90), unless a code to it confirms the change. Null removes a mobile or an e-mail. A username can be changed twice in 90 days; `availableAt` of the 409 says when again. With `code` and `request` of a `claim` code the new contact is verified at once; an account that has it unverified loses it, and is told.
     */
    patch: operations['UsersController_edit'];
    trace?: never;
  };
  '/v1/users/me/password': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    /**
     * Change the password
     * @description Ends every other session.
     */
    put: operations['UsersController_changePassword'];
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/users/me/deletion': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    post?: never;
    /**
     * Cancel a deletion that waits
     * @description Any session of the person may.
     */
    delete: operations['UsersController_cancelDeletion'];
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/sessions': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Own sessions, newest first */
    get: operations['SessionsController_list'];
    put?: never;
    /**
     * Log in
     * @description Starts a session under the policy; sets the session and device cookies.
     */
    post: operations['LoginController_login'];
    /**
     * End all sessions
     * @description `except=current` keeps the one that asks.
     */
    delete: operations['SessionsController_endAll'];
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/sessions/takeover': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Log in with a takeover ticket
     * @description Under the `ask` policy: ends the chosen sessions. The ticket is good for the client that got it, which shows its device secret.
     */
    post: operations['LoginController_takeOver'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/login-requests': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Who asks to be let in
     * @description Under the `approve` policy: the open requests of the last two minutes, three at most.
     */
    get: operations['LoginRequestsController_list'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/login-requests/wait': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Wait for the answer of a live device
     * @description Under the `approve` policy. Answers within 25 s: with the login, or with 202 and the ticket to ask again. The ticket is good for the client that got it, which shows its device secret.
     */
    post: operations['LoginRequestsController_wait'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/login-requests/{id}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Let another device in, or not
     * @description `id` is that of the notice `login_requested`. To approve, give the number that the waiting device shows; another one denies. The device that answers needs a higher standing than the one that waits.
     */
    post: operations['LoginRequestsController_decide'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/sessions/current': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Who am I, and until when
     * @description The call that every protected page makes.
     */
    get: operations['SessionsController_current'];
    put?: never;
    post?: never;
    /**
     * Log out
     * @description Clears the cookie, also of a session that has ended already.
     */
    delete: operations['SessionsController_logOut'];
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/sessions/current/refresh': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Restart the idle time
     * @description Written before the answer. With `rotate`, the token shown stays valid until the new one is first used, and ten seconds more; who uses it later ends the session (`session_token_reused`).
     */
    post: operations['SessionsController_refresh'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/sessions/current/proof': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Prove once more who you are
     * @description The session keeps the proof for five minutes: long enough for calls that need a fresh one. A login by password or code is such a proof, too. A code to a verified channel gives the session that channel’s standing for as long.
     */
    post: operations['SessionsController_prove'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/sessions/{id}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    post?: never;
    /**
     * End one session
     * @description Ones own; an administrator may end any.
     */
    delete: operations['SessionsController_end'];
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/devices': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Own devices, the one seen last first
     * @description An account has at most 200.
     */
    get: operations['DevicesController_list'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/devices/{id}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    post?: never;
    /**
     * Forget a device
     * @description Ends its sessions. A device stays known if the asking one has a lower standing, or if it is blocked. To forget the own device takes a proof younger than five minutes.
     */
    delete: operations['DevicesController_forget'];
    options?: never;
    head?: never;
    /** Name a device */
    patch: operations['DevicesController_rename'];
    trace?: never;
  };
  '/v1/sessions/current/activities': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Record what was done in this session
     * @description Up to 60 a minute.
     */
    post: operations['ActivitiesController_record'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/sessions/{id}/activities': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** What was done in one of ones own sessions, newest first */
    get: operations['ActivitiesController_list'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/admin/sessions/{id}/activities': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** What was done in a session, newest first, whosever it is */
    get: operations['AdminActivitiesController_list'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/notifications': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** The inbox, newest first */
    get: operations['NotificationsController_list'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/notifications/{id}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    /**
     * Mark as read or unread
     * @description Not from the device that the notice warns of, nor from one with a lower standing.
     */
    patch: operations['NotificationsController_mark'];
    trace?: never;
  };
  '/v1/notifications/read-all': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Mark all as read
     * @description Passes over those that warn of the device that asks, and of devices with a higher standing.
     */
    post: operations['NotificationsController_markAll'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/users/me/avatar': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    /**
     * Set the profile picture
     * @description Kept as squares of 256 and 64 px, without metadata. The former one goes. 20 times in ten minutes.
     */
    put: operations['AvatarController_save'];
    post?: never;
    /** Take the profile picture away */
    delete: operations['AvatarController_remove'];
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/images/{id}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * A picture
     * @description A profile picture for everybody who is logged in, that of a message for its two people.
     */
    get: operations['ImagesController_read'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/images/{id}/{size}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** A picture in one of its sizes */
    get: operations['ImagesController_readSize'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/admin/webhooks': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** All webhooks, newest first */
    get: operations['WebhooksController_list'];
    put?: never;
    /**
     * Register a webhook
     * @description Signed as Standard Webhooks. The secret is shown in this answer alone.
     */
    post: operations['WebhooksController_register'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/admin/webhooks/{id}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** One webhook */
    get: operations['WebhooksController_get'];
    put?: never;
    post?: never;
    /** Remove, with all that waits for it */
    delete: operations['WebhooksController_remove'];
    options?: never;
    head?: never;
    /** Change address, events, or whether it is on */
    patch: operations['WebhooksController_edit'];
    trace?: never;
  };
  '/v1/admin/webhooks/{id}/rotate-secret': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * A new secret
     * @description Signs from now on, also what was waiting. For a day the old one signs, too.
     */
    post: operations['WebhooksController_rotateSecret'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/admin/webhooks/{id}/deliveries': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** What was given up, or still waits, newest first */
    get: operations['WebhooksController_listDeliveries'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/admin/webhooks/{id}/deliveries/{deliveryId}/redeliver': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Send a dead delivery again, with all its tries */
    post: operations['WebhooksController_redeliver'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/users/me/export': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * What is kept of oneself, as a JSON file
     * @description Without the audit record; pictures by their addresses. Five times an hour. One that breaks off, because the session ends perhaps, is no JSON: ask again. On a device that is not settled, without a code to a settled channel, it waits 14 days: 202. Every channel is told, and any login of a settled device cancels it; in the 30 days after that only `code` and `settled_device` are accepted. No link of another site, and no `HEAD`, exports anything.
     */
    get: operations['ExportController_download'];
    put?: never;
    post?: never;
    /**
     * Cancel an export that waits
     * @description Any session of the person may.
     */
    delete: operations['ExportController_cancel'];
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/codes': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Ask for a code
     * @description Six digits by text or e-mail, for five minutes and five tries together with `request`. The answer is the same whether or not there is such an account. `login` and `recover` go to verified channels only, `recover` also to one that was replaced in the last 14 days. `claim` goes to any mobile or e-mail, and proves to `POST /v1/users` and `PATCH /v1/users/me` that it is yours. A device cookie, or its header pair, lets a settled device ask for five codes in ten minutes, others for three.
     */
    post: operations['CodesController_request'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/users/me/verify': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Prove that the mobile or e-mail is yours
     * @description The first proof ends every other session, and drops a password set by somebody who had none.
     */
    post: operations['CodesController_verify'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/users/recover': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Set a new password by a code
     * @description Ends every session.
     */
    post: operations['CodesController_recover'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/users/recover/link': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Set a new password by a link of the help desk
     * @description Works once, for 24 hours. Ends every session and takes the standing of every device and channel: mobile and e-mail have to be verified again.
     */
    post: operations['RecoveryLinksController_recover'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/notifications/{id}/report': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * This was not me
     * @description Blocks that device, and ends every session on it and on devices that came later, unless it was opened by a code to an older channel. From then on the password opens a session only from a proven device known before; everybody else recovers by a code. The asking device needs a higher standing than the reported one. Repeating it changes nothing.
     */
    post: operations['ReportsController_report'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/reports': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * This was not me, without a session
     * @description By the link in a mail or a text, which works once; or from a settled device that shows its secret, with the token of a session that a stranger has ended, or with identifier and password. After a password that a stranger has set, that device takes the earlier one for 14 days.
     */
    post: operations['ReportsController_reportWithoutSession'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/messages': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * The messages with somebody, in both directions
     * @description Newest first; with `after` oldest first. Empty where there is none, or no such person.
     */
    get: operations['MessagesController_list'];
    put?: never;
    /**
     * Send a message
     * @description JSON; or `multipart/form-data` with `to`, `text` and a picture, `image`, either of the two. Under an `Idempotency-Key` a repeat stores nothing and is answered as the first time; recipient and text have to be the same, pictures are not compared.
     */
    post: operations['MessagesController_send'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/messages/read': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Mark messages as read
     * @description Those that the other person wrote, up to the message named. What was read before keeps its time.
     */
    post: operations['MessagesController_read'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/conversations': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * With whom one has written
     * @description Everybody there is a message from or to, the locked too, with the last one and what is unread. A page may be short while there is a `nextCursor`.
     */
    get: operations['ConversationsController_list'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/users/{id}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Somebody's public profile
     * @description Of those with whom there are messages, and of oneself; with `DIRECTORY=everyone` of everybody.
     */
    get: operations['ProfilesController_get'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/users/{id}/presence': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Whether somebody is online, and when they were seen last
     * @description Of somebody who has written to one, and to whom one has written; else as of somebody who does not exist.
     */
    get: operations['PresenceController_get'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/contacts': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Whom one can write to
     * @description Those with whom there are messages, the newest first, with the last message and what is unread; who is there only of those who have written, too, and to whom one has written. A `query` that is exactly the username or e-mail of somebody else finds them as well, 30 times in ten minutes. With `DIRECTORY=everyone`: everybody else, newest people first, of the locked only those with whom there are messages. With `DIRECTORY=off`: nobody else.
     */
    get: operations['ContactsController_list'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/service/sessions': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Log a person in whom this backend has authenticated */
    post: operations['ServiceSessionsController_login'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/service/sessions/introspect': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Is this token live?
     * @description Counts as a use of the session.
     */
    post: operations['ServiceSessionsController_introspect'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/service/sessions/{id}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    post?: never;
    /** End one session */
    delete: operations['ServiceSessionsController_end'];
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/service/users': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Look a person up
     * @description By exactly one of `mobile`, `username`, `email`.
     */
    get: operations['ServiceUsersController_find'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/service/users/{id}/sessions': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** A person's sessions, newest first */
    get: operations['ServiceUsersController_list'];
    put?: never;
    post?: never;
    /** End all of a person's sessions */
    delete: operations['ServiceUsersController_endAll'];
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/admin/users': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** All users, newest first */
    get: operations['AdminUsersController_list'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/admin/users/{id}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** One user, with the policy in force */
    get: operations['AdminUsersController_find'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    /**
     * Lock, unlock or give a role
     * @description Locking ends every session of the user at once. A role needs a proof younger than five minutes.
     */
    patch: operations['AdminUsersController_edit'];
    trace?: never;
  };
  '/v1/admin/users/{id}/sessions': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    post?: never;
    /** End all sessions of a user */
    delete: operations['AdminUsersController_endSessions'];
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/admin/users/{id}/recovery': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Make a link by which somebody sets a new password
     * @description For a person who has lost every device and every channel, once the help desk has recognised them. Works once, for 24 hours; a new one voids the one before. It gives the account to whoever opens it: hand it over where nobody else can read it.
     */
    post: operations['AdminRecoveryController_create'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/admin/sessions': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Sessions of all users, newest first */
    get: operations['AdminSessionsController_list'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/admin/sessions/{id}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    post?: never;
    /**
     * End a session, whosever it is
     * @description One that has ended stays as it is.
     */
    delete: operations['AdminSessionsController_end'];
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/admin/policy': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * The policy in force for everybody
     * @description And where it comes from.
     */
    get: operations['AdminPoliciesController_find'];
    /**
     * Set the policy for everybody
     * @description Takes hold at the next login on every node; live sessions stay as they are.
     */
    put: operations['AdminPoliciesController_put'];
    post?: never;
    /**
     * Drop the policy for everybody
     * @description The next wider one is in force again.
     */
    delete: operations['AdminPoliciesController_remove'];
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/admin/roles/{role}/policy': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * The policy in force for a role
     * @description And where it comes from.
     */
    get: operations['AdminPoliciesController_findOfRole'];
    /**
     * Set the policy for a role
     * @description Takes hold at the next login on every node; live sessions stay as they are.
     */
    put: operations['AdminPoliciesController_putOfRole'];
    post?: never;
    /**
     * Drop the policy for a role
     * @description The next wider one is in force again.
     */
    delete: operations['AdminPoliciesController_removeOfRole'];
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/admin/users/{id}/policy': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * The policy in force for a user
     * @description And where it comes from.
     */
    get: operations['AdminPoliciesController_findOfUser'];
    /**
     * Set the policy for a user
     * @description Takes hold at the next login on every node; live sessions stay as they are.
     */
    put: operations['AdminPoliciesController_putOfUser'];
    post?: never;
    /**
     * Drop the policy for a user
     * @description The next wider one is in force again.
     */
    delete: operations['AdminPoliciesController_removeOfUser'];
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/admin/audit': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Who did what, newest first
     * @description Kept for AUDIT_DAYS. Nothing in it changes.
     */
    get: operations['AdminAuditController_list'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/v1/admin/stats': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Live sessions, and what each hour brought */
    get: operations['AdminAuditController_stats'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/login': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Log in
     * @description With `email` or `username` and `password`; sets the cookies. Or a service logs somebody in, with `mobile` and `username`, or `email` and `nickname`.
     */
    post: operations['RootSessionController_login'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/logout': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Log out by an address typed or a link of one’s own
     * @description Not from another site, nor before the person has followed the link. `HEAD`, by which links are looked at, logs nobody out.
     */
    get: operations['RootSessionController_followLogout'];
    put?: never;
    /**
     * Log out
     * @description The session that asks. One that is named needs its own token, its owner’s, or a service key.
     */
    post: operations['RootSessionController_logout'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/createUser': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Create a user, who has one session already */
    post: operations['UserSessionManagementController_create'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/user/{mobile}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** A user with the newest hundred sessions */
    get: operations['UserSessionManagementController_find'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/invalidateSession': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Invalidate any session */
    post: operations['UserSessionManagementController_invalidate'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/welcome': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Says who made this */
    get: operations['ExpressPracticeController_welcome'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/status': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** A session, and for how long it has been idle */
    get: operations['ExpressPracticeController_status'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/update': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * The last access is now
     * @description A session that has ended stays ended.
     */
    post: operations['ExpressPracticeController_update'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/allSessions': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * The newest hundred sessions
     * @description Everybody’s for a service or an administrator.
     */
    get: operations['ExpressPracticeController_all'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/allCurrentSessions': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * The newest hundred live sessions
     * @description As `/allSessions`.
     */
    get: operations['ExpressPracticeController_allCurrent[0]'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/allcurrentSession': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * The newest hundred live sessions
     * @description As `/allSessions`.
     */
    get: operations['ExpressPracticeController_allCurrent[1]'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/deleteSessions': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    post?: never;
    /**
     * End all sessions
     * @description Everybody’s for a service or an administrator. A service without the scope `admins` passes over administrators.
     */
    delete: operations['ExpressPracticeController_deleteAll[0]'];
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/deleteAllSessions': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    post?: never;
    /**
     * End all sessions
     * @description Everybody’s for a service or an administrator. A service without the scope `admins` passes over administrators.
     */
    delete: operations['ExpressPracticeController_deleteAll[1]'];
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/register': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Register */
    post: operations['FlaskSessionsController_register'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/protected': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** For those who are logged in */
    get: operations['FlaskSessionsController_protected'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/sessions/{session_id}/actions': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** The newest hundred things that were done in a session, newest first */
    get: operations['SessionTrackingController_list'];
    put?: never;
    /** Record what was done in a session */
    post: operations['SessionTrackingController_record'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/auth/signup': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Register, and log in
     * @description Sets the cookies.
     */
    post: operations['MessengerAccessController_signUp'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/auth/login': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Log in
     * @description Sets the cookies.
     */
    post: operations['MessengerAccessController_logIn'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/auth/logout': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Log out */
    post: operations['MessengerAccessController_logOut'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/auth/update-profile': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    /** Set the profile picture */
    put: operations['MessengerAccessController_updateProfile'];
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/auth/check': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Oneself */
    get: operations['MessengerAccessController_check'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/messages/users': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Everybody else
     * @description The newest thousand, without administrators. `EARLIER_APIS_DIRECTORY` narrows it.
     */
    get: operations['MessengerController_users'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/messages/{id}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * The messages with somebody, in both directions, oldest first
     * @description The newest thousand. Empty where there is none, or no such person.
     */
    get: operations['MessengerController_list'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/messages/send/{id}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Send a message
     * @description Words, a picture, or both.
     */
    post: operations['MessengerController_send'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/health/live': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** The process answers */
    get: operations['HealthController_live'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/health/ready': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** The store answers too */
    get: operations['HealthController_ready'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/metrics': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * For Prometheus
     * @description No personal data. Asks for METRICS_TOKEN where it is set.
     */
    get: operations['MetricsController_read'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
}
export type webhooks = Record<string, never>;
export interface components {
  schemas: {
    FieldError: {
      /** @example mobile */
      field: string;
      /** @example must be a phone number */
      message: string;
    };
    ProblemView: {
      /** @example urn:oneseat:problem:validation_failed */
      type: string;
      /** @example Bad Request */
      title: string;
      /** @example 400 */
      status: number;
      /** @example The body or the query is not as documented. */
      detail: string;
      /** @example validation_failed */
      code: string;
      /** @example 01936f5e-7c1a-7b3e-8f00-2a1b3c4d5e6f */
      requestId: string;
      errors?: components['schemas']['FieldError'][];
      /** @description Of the earlier APIs alone: in words, as `error`. */
      message?: string;
      /** @description Of the earlier APIs alone: as `message`. */
      error?: string;
    };
    CreateUserDto: {
      /** @example 9012345678 */
      mobile?: string;
      /** @example demo.asha */
      username?: string;
      /**
       * Format: email
       * @example asha@example.com
       */
      email?: string;
      /** @example plum-Velvet-7-harbour */
      password?: string;
      /** @example Asha (demo) */
      displayName?: string;
      /**
       * @description The language of messages to the person; null for that of the service.
       * @example es
       * @enum {string|null}
       */
      locale?: 'en' | 'es' | null;
      /**
       * @description A `claim` code to the mobile or the e-mail. Needs `request`.
       * @example 483920
       */
      code?: string;
      /**
       * @description The `request` that `POST /v1/codes` has answered. The code then has five tries of its own, which nobody else can use up.
       * @example Jk0n3pQm2VtZl8sYx5wRc7uEh1oGd4aBf6iN9jKvTqU
       */
      request?: string;
      /** @description Whether mobile and e-mail are known to be the person’s. Only a service may say so. */
      verified?: boolean;
    };
    UserView: {
      /**
       * Format: uuid
       * @example 01936f5e-7c1a-7b3e-8f00-2a1b3c4d5e6f
       */
      id: string;
      /** @example demo.asha */
      username: string | null;
      /** @example Asha (demo) */
      displayName: string | null;
      /**
       * @description 256 px; `/64` in place of `/256`: 64 px.
       * @example /v1/images/01936f5e-7c1a-7b3e-8f00-2a1b3c4d5e6f/256
       */
      avatarUrl: string | null;
      /**
       * @description E.164.
       * @example +919012345678
       */
      mobile: string | null;
      /** @example asha@example.com */
      email: string | null;
      /**
       * @example es
       * @enum {string|null}
       */
      locale: 'en' | 'es' | null;
      /**
       * @example user
       * @enum {string}
       */
      role: 'user' | 'admin';
      /**
       * Format: date-time
       * @example null
       */
      mobileVerifiedAt: string | null;
      /**
       * Format: date-time
       * @example null
       */
      emailVerifiedAt: string | null;
      /** Format: date-time */
      createdAt: string;
    };
    DeviceSummaryView: {
      /**
       * Format: uuid
       * @example 01936f5e-7c1a-7b3e-8f00-2a1b3c4d5e6f
       */
      id: string;
      /** @example Firefox on Linux */
      name: string;
      /**
       * @example desktop
       * @enum {string}
       */
      class: 'desktop' | 'mobile' | 'tablet' | 'tv' | 'bot' | 'other';
      /** @example Firefox */
      browser: string | null;
      /** @example Linux */
      os: string | null;
    };
    EndedByView: {
      /**
       * Format: uuid
       * @description The session that brought the end about.
       * @example 01936f5e-7c1a-7b3e-8f00-2a1b3c4d5e6f
       */
      sessionId: string;
      device: components['schemas']['DeviceSummaryView'];
      /** @example 203.0.113.7 */
      ip: string;
      /** Format: date-time */
      at: string;
    };
    SessionEndedProblemView: {
      /** @example urn:oneseat:problem:validation_failed */
      type: string;
      /** @example Bad Request */
      title: string;
      /** @example 400 */
      status: number;
      /** @example The body or the query is not as documented. */
      detail: string;
      /** @example validation_failed */
      code: string;
      /** @example 01936f5e-7c1a-7b3e-8f00-2a1b3c4d5e6f */
      requestId: string;
      errors?: components['schemas']['FieldError'][];
      /** @description Of the earlier APIs alone: in words, as `error`. */
      message?: string;
      /** @description Of the earlier APIs alone: as `message`. */
      error?: string;
      /**
       * Format: date-time
       * @description With `session_<endReason>`.
       */
      endedAt?: string;
      /** @description With `session_displaced` and `session_reported`. */
      endedBy?: components['schemas']['EndedByView'];
    };
    OwnUserView: {
      /**
       * Format: uuid
       * @example 01936f5e-7c1a-7b3e-8f00-2a1b3c4d5e6f
       */
      id: string;
      /** @example demo.asha */
      username: string | null;
      /** @example Asha (demo) */
      displayName: string | null;
      /**
       * @description 256 px; `/64` in place of `/256`: 64 px.
       * @example /v1/images/01936f5e-7c1a-7b3e-8f00-2a1b3c4d5e6f/256
       */
      avatarUrl: string | null;
      /**
       * @description E.164.
       * @example +919012345678
       */
      mobile: string | null;
      /** @example asha@example.com */
      email: string | null;
      /**
       * @example es
       * @enum {string|null}
       */
      locale: 'en' | 'es' | null;
      /**
       * @example user
       * @enum {string}
       */
      role: 'user' | 'admin';
      /**
       * Format: date-time
       * @example null
       */
      mobileVerifiedAt: string | null;
      /**
       * Format: date-time
       * @example null
       */
      emailVerifiedAt: string | null;
      /** Format: date-time */
      createdAt: string;
      /**
       * Format: date-time
       * @description When the account is deleted, unless that is cancelled; null where nobody has asked for it.
       * @example null
       */
      deletesAt: string | null;
      /**
       * Format: date-time
       * @description From when the device that has asked for an export may fetch it; null where none waits.
       * @example null
       */
      exportAvailableAt: string | null;
    };
    UpdateUserDto: {
      /**
       * @description The password in force, unless `code` is given, or the session keeps a proof younger than five minutes.
       * @example plum-Velvet-7-harbour
       */
      currentPassword?: string;
      /**
       * @description A `login` code, in place of `currentPassword`.
       * @example 483920
       */
      code?: string;
      /**
       * @description The `request` that `POST /v1/codes` has answered. The code then has five tries of its own, which nobody else can use up.
       * @example Jk0n3pQm2VtZl8sYx5wRc7uEh1oGd4aBf6iN9jKvTqU
       */
      request?: string;
      /** @example demo.asha */
      username?: string;
      /** @example Asha (demo) */
      displayName?: string | null;
      /**
       * @description The language of messages to the person; null for that of the service.
       * @example es
       * @enum {string|null}
       */
      locale?: 'en' | 'es' | null;
      /**
       * Format: email
       * @example asha@example.com
       */
      email?: string | null;
      /** @example 9012345678 */
      mobile?: string | null;
    };
    ChangePasswordDto: {
      /**
       * @description The password in force, unless `code` is given, or the session keeps a proof younger than five minutes.
       * @example plum-Velvet-7-harbour
       */
      currentPassword?: string;
      /**
       * @description A `login` code, in place of `currentPassword`.
       * @example 483920
       */
      code?: string;
      /**
       * @description The `request` that `POST /v1/codes` has answered. The code then has five tries of its own, which nobody else can use up.
       * @example Jk0n3pQm2VtZl8sYx5wRc7uEh1oGd4aBf6iN9jKvTqU
       */
      request?: string;
      /** @example plum-Velvet-7-harbour */
      newPassword: string;
    };
    GivenProofDto: {
      /**
       * @description The password in force, unless `code` is given, or the session keeps a proof younger than five minutes.
       * @example plum-Velvet-7-harbour
       */
      currentPassword?: string;
      /**
       * @description A `login` code, in place of `currentPassword`.
       * @example 483920
       */
      code?: string;
      /**
       * @description The `request` that `POST /v1/codes` has answered. The code then has five tries of its own, which nobody else can use up.
       * @example Jk0n3pQm2VtZl8sYx5wRc7uEh1oGd4aBf6iN9jKvTqU
       */
      request?: string;
    };
    DeletionWaitsView: {
      /**
       * Format: date-time
       * @description When the account is deleted, unless that is cancelled.
       */
      deletesAt: string;
    };
    SessionInTheWayView: {
      /** Format: uuid */
      id: string;
      device: components['schemas']['DeviceSummaryView'];
      /** Format: date-time */
      createdAt: string;
      /** Format: date-time */
      lastSeenAt: string;
    };
    DeviceCredentialView: {
      /** Format: uuid */
      id: string;
      /** @description 256 random bits, base64url. Given once. */
      secret: string;
    };
    TakeoverView: {
      /** @description For `POST /v1/sessions/takeover`, once. */
      ticket: string;
      /** Format: date-time */
      expiresAt: string;
      /** @description To a native client without one: show it with the ticket, and keep it. */
      device?: components['schemas']['DeviceCredentialView'];
    };
    SessionLimitProblemView: {
      /** @example urn:oneseat:problem:validation_failed */
      type: string;
      /** @example Bad Request */
      title: string;
      /** @example 400 */
      status: number;
      /** @example The body or the query is not as documented. */
      detail: string;
      /** @example validation_failed */
      code: string;
      /** @example 01936f5e-7c1a-7b3e-8f00-2a1b3c4d5e6f */
      requestId: string;
      errors?: components['schemas']['FieldError'][];
      /** @description Of the earlier APIs alone: in words, as `error`. */
      message?: string;
      /** @description Of the earlier APIs alone: as `message`. */
      error?: string;
      sessions: components['schemas']['SessionInTheWayView'][];
      /** @description Under the `ask` policy. */
      takeover?: components['schemas']['TakeoverView'];
    };
    PasswordLoginDto: {
      /**
       * @description Mobile number, username or e-mail.
       * @example 9012345678
       */
      identifier: string;
      /** @example plum-Velvet-7-harbour */
      password: string;
    };
    CodeLoginDto: {
      /**
       * @description Mobile number, username or e-mail.
       * @example 9012345678
       */
      identifier: string;
      /** @example 483920 */
      code: string;
      /**
       * @description The `request` that `POST /v1/codes` has answered. The code then has five tries of its own, which nobody else can use up.
       * @example Jk0n3pQm2VtZl8sYx5wRc7uEh1oGd4aBf6iN9jKvTqU
       */
      request?: string;
    };
    SessionView: {
      /**
       * Format: uuid
       * @example 01936f5e-7c1a-7b3e-8f00-2a1b3c4d5e6f
       */
      id: string;
      /**
       * Format: uuid
       * @example 01936f5e-7c1a-7b3e-8f00-2a1b3c4d5e6f
       */
      userId: string;
      /**
       * @example live
       * @enum {string}
       */
      state: 'live' | 'ended';
      /**
       * @description Whether it is the session that asks.
       * @example true
       */
      current: boolean;
      device: components['schemas']['DeviceSummaryView'];
      /** @example 203.0.113.7 */
      ip: string;
      /**
       * @description Where its login was asked from, if the client then came in with its ticket from another address.
       * @example 198.51.100.1
       */
      askedFrom?: string;
      /** @example Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0 */
      userAgent: string;
      /** Format: date-time */
      createdAt: string;
      /** Format: date-time */
      lastSeenAt: string;
      /** Format: date-time */
      idleExpiresAt: string;
      /** Format: date-time */
      expiresAt: string;
      /** Format: date-time */
      endedAt?: string;
      /** @enum {string} */
      endReason?:
        | 'logged_out'
        | 'displaced'
        | 'revoked'
        | 'reported'
        | 'revoked_by_admin'
        | 'revoked_by_service'
        | 'idle_timeout'
        | 'expired'
        | 'password_changed'
        | 'device_forgotten'
        | 'token_reused'
        | 'user_locked'
        | 'user_deleted';
      endedBy?: components['schemas']['EndedByView'];
    };
    LoginView: {
      /** @description Stored nowhere: keep it. */
      token: string;
      /** @enum {string} */
      tokenType: 'Bearer';
      user: components['schemas']['UserView'];
      session: components['schemas']['SessionView'];
      /** @description The sessions that this login ended. */
      displaced: components['schemas']['SessionView'][];
      /** @description The account has not seen this device before. */
      newDevice: boolean;
      /** @description For a native client that sent `X-Device-Id: new`, or a secret that the account has not handed out: keep these. */
      device?: components['schemas']['DeviceCredentialView'];
    };
    PendingLoginView: {
      /** @description For POST /v1/login-requests/wait. Use it once. */
      ticket: string;
      /** Format: date-time */
      expiresAt: string;
      /**
       * @description Show it: whoever approves picks it out of three.
       * @example 42
       */
      number: number;
      /** @description To a native client without one: show it with the ticket, and keep it. */
      device?: components['schemas']['DeviceCredentialView'];
    };
    TakeoverDto: {
      /** @description From the 409 of the login. */
      ticket: string;
      /** @description The sessions that shall go. */
      end: string[];
    };
    LoginRequestView: {
      /**
       * Format: uuid
       * @example 01936f5e-7c1a-7b3e-8f00-2a1b3c4d5e6f
       */
      id: string;
      device: components['schemas']['DeviceSummaryView'];
      /**
       * @description Where the login was asked from.
       * @example 203.0.113.7
       */
      ip: string;
      /**
       * @description Where the client waits, if that is another address.
       * @example null
       */
      waitsFrom: string | null;
      /**
       * @description One of them is on the waiting device.
       * @example [
       *       17,
       *       42,
       *       80
       *     ]
       */
      numbers: number[];
      /** Format: date-time */
      expiresAt: string;
    };
    LoginRequestListView: {
      items: components['schemas']['LoginRequestView'][];
    };
    WaitDto: {
      /** @description From the 202 of the login. */
      ticket: string;
    };
    AnswerLoginDto: {
      /** @example true */
      approve: boolean;
      /**
       * @description To approve: which of the three numbers the waiting device shows. Another one denies.
       * @example 42
       */
      number?: number;
    };
    SessionListView: {
      items: components['schemas']['SessionView'][];
      nextCursor: string | null;
    };
    CurrentView: {
      user: components['schemas']['UserView'];
      session: components['schemas']['SessionView'];
    };
    RefreshDto: {
      /**
       * @description Issue a new token too.
       * @default false
       */
      rotate?: boolean;
    };
    RefreshedView: {
      /**
       * Format: uuid
       * @example 01936f5e-7c1a-7b3e-8f00-2a1b3c4d5e6f
       */
      id: string;
      /**
       * Format: uuid
       * @example 01936f5e-7c1a-7b3e-8f00-2a1b3c4d5e6f
       */
      userId: string;
      /**
       * @example live
       * @enum {string}
       */
      state: 'live' | 'ended';
      /**
       * @description Whether it is the session that asks.
       * @example true
       */
      current: boolean;
      device: components['schemas']['DeviceSummaryView'];
      /** @example 203.0.113.7 */
      ip: string;
      /**
       * @description Where its login was asked from, if the client then came in with its ticket from another address.
       * @example 198.51.100.1
       */
      askedFrom?: string;
      /** @example Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0 */
      userAgent: string;
      /** Format: date-time */
      createdAt: string;
      /** Format: date-time */
      lastSeenAt: string;
      /** Format: date-time */
      idleExpiresAt: string;
      /** Format: date-time */
      expiresAt: string;
      /** Format: date-time */
      endedAt?: string;
      /** @enum {string} */
      endReason?:
        | 'logged_out'
        | 'displaced'
        | 'revoked'
        | 'reported'
        | 'revoked_by_admin'
        | 'revoked_by_service'
        | 'idle_timeout'
        | 'expired'
        | 'password_changed'
        | 'device_forgotten'
        | 'token_reused'
        | 'user_locked'
        | 'user_deleted';
      endedBy?: components['schemas']['EndedByView'];
      /** @description Only with `rotate`. */
      token?: string;
    };
    ProofView: {
      /** Format: date-time */
      provedAt: string;
      /**
       * @description The password, or the channel whose code was given.
       * @enum {string}
       */
      provedBy: 'password' | 'mobile' | 'email';
      /**
       * Format: date-time
       * @description Until when calls take it for fresh.
       */
      freshUntil: string;
    };
    EndedCountView: {
      /**
       * @description How many sessions ended.
       * @example 2
       */
      ended: number;
    };
    DeviceView: {
      /**
       * Format: uuid
       * @example 01936f5e-7c1a-7b3e-8f00-2a1b3c4d5e6f
       */
      id: string;
      /** @example Firefox on Linux */
      name: string;
      /**
       * @example desktop
       * @enum {string}
       */
      class: 'desktop' | 'mobile' | 'tablet' | 'tv' | 'bot' | 'other';
      /** @example Firefox */
      browser: string | null;
      /** @example Linux */
      os: string | null;
      /** Format: date-time */
      firstSeenAt: string;
      /** Format: date-time */
      lastSeenAt: string;
      /** @description Whether it is the device that asks. */
      current: boolean;
      session: components['schemas']['SessionView'] | null;
    };
    DeviceListView: {
      items: components['schemas']['DeviceView'][];
      nextCursor: string | null;
    };
    RenameDeviceDto: {
      /** @example Kitchen tablet */
      name: string;
    };
    RecordActivityDto: {
      /** @example order.placed */
      type: string;
      /**
       * @description At most 8 KiB of JSON, 8 levels deep.
       * @example {
       *       "order": 4711
       *     }
       */
      data?: {
        [key: string]: unknown;
      };
    };
    ActivityView: {
      /**
       * Format: uuid
       * @example 01936f5e-7c1a-7b3e-8f00-2a1b3c4d5e6f
       */
      id: string;
      /**
       * Format: uuid
       * @example 01936f5e-7c1a-7b3e-8f00-2a1b3c4d5e6f
       */
      sessionId: string;
      /**
       * @description `session.started` and `session.ended` come by themselves.
       * @example order.placed
       */
      type: string;
      /**
       * @example {
       *       "order": 4711
       *     }
       */
      data: {
        [key: string]: unknown;
      } | null;
      /** Format: date-time */
      at: string;
    };
    SessionSpanView: {
      /**
       * Format: uuid
       * @example 01936f5e-7c1a-7b3e-8f00-2a1b3c4d5e6f
       */
      id: string;
      /** Format: date-time */
      startedAt: string;
      /** Format: date-time */
      endedAt: string | null;
      /**
       * @description Whole seconds from its start to its end, or until now.
       * @example 754
       */
      durationSeconds: number;
      /**
       * Format: date-time
       * @description Start and end are no actions.
       */
      lastActionAt: string | null;
    };
    ActivityListView: {
      session: components['schemas']['SessionSpanView'];
      items: components['schemas']['ActivityView'][];
      nextCursor: string | null;
    };
    SessionRefView: {
      /** Format: uuid */
      id: string;
    };
    NotifiedDeviceView: {
      /** Format: uuid */
      id: string;
      /** @example Safari on iOS */
      name: string;
      /**
       * @example mobile
       * @enum {string}
       */
      class: 'desktop' | 'mobile' | 'tablet' | 'tv' | 'bot' | 'other';
    };
    NotificationView: {
      /** Format: uuid */
      id: string;
      /**
       * @example new_device
       * @enum {string}
       */
      kind:
        | 'new_device'
        | 'session_displaced'
        | 'login_refused'
        | 'session_revoked'
        | 'token_reused'
        | 'password_changed'
        | 'recovery_link_made'
        | 'contact_changed'
        | 'username_changed'
        | 'device_reported'
        | 'login_requested'
        | 'deletion_requested'
        | 'deletion_cancelled'
        | 'export_requested'
        | 'export_cancelled'
        | 'login_unproven';
      /** Format: date-time */
      createdAt: string;
      /** Format: date-time */
      readAt: string | null;
      /** @description The session that the notice warns of. */
      session: components['schemas']['SessionRefView'] | null;
      device: components['schemas']['NotifiedDeviceView'] | null;
      /** @example 203.0.113.7 */
      ip: string | null;
      /**
       * @description With `login_requested`: one of them is on the waiting device. Pick it to approve.
       * @example [
       *       17,
       *       42,
       *       80
       *     ]
       */
      numbers?: number[];
    };
    NotificationListView: {
      items: components['schemas']['NotificationView'][];
      /** @example 1 */
      unread: number;
      nextCursor: string | null;
    };
    MarkNotificationDto: {
      /** @example true */
      read: boolean;
    };
    CreateWebhookDto: {
      /**
       * @description https, and no private address.
       * @example https://hooks.example.com/oneseat
       */
      url: string;
      /**
       * @default [
       *       "*"
       *     ]
       * @example [
       *       "session.ended",
       *       "device.first_seen"
       *     ]
       */
      events?: (
        | '*'
        | 'user.created'
        | 'user.deleted'
        | 'session.started'
        | 'session.ended'
        | 'session.refused'
        | 'device.first_seen'
        | 'device.reported'
        | 'password.changed'
        | 'username.changed'
        | 'deletion.requested'
        | 'deletion.cancelled'
        | 'export.requested'
        | 'export.cancelled'
      )[];
      /**
       * @default true
       * @example true
       */
      enabled?: boolean;
    };
    WebhookWithSecretView: {
      /** Format: uuid */
      id: string;
      /** @example https://hooks.example.com/oneseat */
      url: string;
      /**
       * @example [
       *       "session.ended",
       *       "device.first_seen"
       *     ]
       */
      events: (
        | '*'
        | 'user.created'
        | 'user.deleted'
        | 'session.started'
        | 'session.ended'
        | 'session.refused'
        | 'device.first_seen'
        | 'device.reported'
        | 'password.changed'
        | 'username.changed'
        | 'deletion.requested'
        | 'deletion.cancelled'
        | 'export.requested'
        | 'export.cancelled'
      )[];
      /** @example true */
      enabled: boolean;
      /** Format: date-time */
      createdAt: string;
      /**
       * Format: date-time
       * @description When the receiver answered 410 Gone, which turned the webhook off.
       */
      goneAt: string | null;
      /**
       * @description Shown here and never again.
       * @example whsec_…
       */
      secret: string;
    };
    WebhookView: {
      /** Format: uuid */
      id: string;
      /** @example https://hooks.example.com/oneseat */
      url: string;
      /**
       * @example [
       *       "session.ended",
       *       "device.first_seen"
       *     ]
       */
      events: (
        | '*'
        | 'user.created'
        | 'user.deleted'
        | 'session.started'
        | 'session.ended'
        | 'session.refused'
        | 'device.first_seen'
        | 'device.reported'
        | 'password.changed'
        | 'username.changed'
        | 'deletion.requested'
        | 'deletion.cancelled'
        | 'export.requested'
        | 'export.cancelled'
      )[];
      /** @example true */
      enabled: boolean;
      /** Format: date-time */
      createdAt: string;
      /**
       * Format: date-time
       * @description When the receiver answered 410 Gone, which turned the webhook off.
       */
      goneAt: string | null;
    };
    WebhookListView: {
      items: components['schemas']['WebhookView'][];
      nextCursor: string | null;
    };
    EditWebhookDto: {
      /** @example https://hooks.example.com/oneseat */
      url?: string;
      /**
       * @example [
       *       "session.ended",
       *       "device.first_seen"
       *     ]
       */
      events?: (
        | '*'
        | 'user.created'
        | 'user.deleted'
        | 'session.started'
        | 'session.ended'
        | 'session.refused'
        | 'device.first_seen'
        | 'device.reported'
        | 'password.changed'
        | 'username.changed'
        | 'deletion.requested'
        | 'deletion.cancelled'
        | 'export.requested'
        | 'export.cancelled'
      )[];
      /**
       * @description Off: nothing is sent, and what happens meanwhile is missed.
       * @example true
       */
      enabled?: boolean;
    };
    DeliveryView: {
      /**
       * Format: uuid
       * @description The `webhook-id` of every try.
       */
      id: string;
      /** @example session.ended */
      type: string;
      /**
       * Format: date-time
       * @description When the event happened.
       */
      timestamp: string;
      /**
       * @example dead
       * @enum {string}
       */
      state: 'dead' | 'pending';
      /**
       * Format: date-time
       * @description Since when it is pending or dead.
       */
      since: string;
      /** @example 13 */
      attempts: number;
      /** Format: date-time */
      nextAttemptAt: string | null;
      /** @example answered 503 */
      lastError: string | null;
    };
    DeliveryListView: {
      items: components['schemas']['DeliveryView'][];
      nextCursor: string | null;
    };
    ExportWaitsView: {
      /**
       * Format: date-time
       * @description When to ask again.
       */
      availableAt: string;
    };
    RequestCodeDto: {
      /**
       * @description Mobile number, username or e-mail; for `claim` a mobile number or an e-mail.
       * @example 9012345678
       */
      identifier: string;
      /**
       * @example login
       * @enum {string}
       */
      purpose: 'login' | 'verify' | 'recover' | 'claim';
    };
    CodeSentView: {
      /**
       * @description Give it together with the code. Random: everybody is answered one.
       * @example Jk0n3pQm2VtZl8sYx5wRc7uEh1oGd4aBf6iN9jKvTqU
       */
      request: string;
      /**
       * @description Seconds for which a code that was sent can be used.
       * @example 300
       */
      expiresIn: number;
    };
    VerifyDto: {
      /** @example 483920 */
      code: string;
      /**
       * @description The `request` that `POST /v1/codes` has answered. The code then has five tries of its own, which nobody else can use up.
       * @example Jk0n3pQm2VtZl8sYx5wRc7uEh1oGd4aBf6iN9jKvTqU
       */
      request?: string;
    };
    RecoverDto: {
      /**
       * @description Mobile number, username or e-mail.
       * @example 9012345678
       */
      identifier: string;
      /** @example 483920 */
      code: string;
      /**
       * @description The `request` that `POST /v1/codes` has answered. The code then has five tries of its own, which nobody else can use up.
       * @example Jk0n3pQm2VtZl8sYx5wRc7uEh1oGd4aBf6iN9jKvTqU
       */
      request?: string;
      /** @example plum-Velvet-7-harbour */
      newPassword: string;
    };
    LinkRecoveryDto: {
      /** @description What stands behind `#` in the link. */
      token: string;
      /** @example plum-Velvet-7-harbour */
      newPassword: string;
    };
    LinkReportDto: {
      /** @description What stands behind `#` in the link. */
      token: string;
    };
    TokenReportDto: {
      /** @description The token of a session of yours that has ended. */
      sessionToken: string;
    };
    MessageView: {
      /**
       * Format: uuid
       * @example 01936f5e-7c1a-7b3e-8f00-2a1b3c4d5e6f
       */
      id: string;
      /**
       * @description Counts 1, 2, 3… within the conversation, without a gap.
       * @example 42
       */
      seq: number;
      /** Format: uuid */
      from: string;
      /** Format: uuid */
      to: string;
      /** @example See you at six. */
      text: string | null;
      /** @example null */
      imageUrl: string | null;
      /** @example null */
      previewUrl: string | null;
      /** Format: date-time */
      createdAt: string;
      /**
       * Format: date-time
       * @example null
       */
      readAt: string | null;
    };
    MessageListView: {
      items: components['schemas']['MessageView'][];
      nextCursor: string | null;
    };
    SendMessageDto: {
      /**
       * Format: uuid
       * @description Who is to get it.
       * @example 01936f5e-7c1a-7b3e-8f00-2a1b3c4d5e6f
       */
      to: string;
      /**
       * @description With something visible in it, and no control characters but line breaks and tabs.
       * @example See you at six.
       */
      text: string;
    };
    ReadMessagesDto: {
      /**
       * Format: uuid
       * @description The other person.
       * @example 01936f5e-7c1a-7b3e-8f00-2a1b3c4d5e6f
       */
      with: string;
      /**
       * Format: uuid
       * @description The last message that was seen, of either.
       * @example 01936f5e-7c1a-7b3e-8f00-2a1b3c4d5e6f
       */
      upTo: string;
    };
    PublicProfileView: {
      /**
       * Format: uuid
       * @example 01936f5e-7c1a-7b3e-8f00-2a1b3c4d5e6f
       */
      id: string;
      /** @example demo.asha */
      username: string | null;
      /** @example Asha (demo) */
      displayName: string | null;
      /**
       * @description 256 px; `/64` in place of `/256`: 64 px.
       * @example /v1/images/01936f5e-7c1a-7b3e-8f00-2a1b3c4d5e6f/256
       */
      avatarUrl: string | null;
    };
    ConversationView: {
      user: components['schemas']['PublicProfileView'];
      lastMessage: components['schemas']['MessageView'];
      /**
       * @description Messages from that person which have not been read.
       * @example 2
       */
      unread: number;
    };
    ConversationListView: {
      items: components['schemas']['ConversationView'][];
      nextCursor: string | null;
    };
    PresenceView: {
      /** @description Has a socket open, on any node. */
      online: boolean;
      /** Format: date-time */
      lastSeenAt: string | null;
    };
    ContactView: {
      user: components['schemas']['PublicProfileView'];
      lastMessage: components['schemas']['MessageView'] | null;
      /**
       * @description Messages from that person which have not been read.
       * @example 2
       */
      unread: number;
      /** @description Has a socket open, on any node. False where not both have written. */
      online: boolean;
      /** Format: date-time */
      lastSeenAt: string | null;
    };
    ContactListView: {
      items: components['schemas']['ContactView'][];
      nextCursor: string | null;
    };
    PersonDto: {
      /** @example 9012345678 */
      mobile?: string;
      username?: string;
      email?: string;
      /** Format: uuid */
      id?: string;
    };
    ServiceLoginDto: {
      /**
       * @example {
       *       "mobile": "9012345678"
       *     }
       */
      user: components['schemas']['PersonDto'];
      /**
       * @description The end user's.
       * @example Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0
       */
      userAgent: string;
      /**
       * @description The end user's.
       * @example 203.0.113.7
       */
      ipAddress: string;
      /**
       * @description What the service calls the device, if it knows it again.
       * @example laptop-1
       */
      deviceId?: string;
    };
    IntrospectDto: {
      /** @description A token that somebody presented to the calling backend. */
      token: string;
    };
    IntrospectionView: {
      active: boolean;
      user?: components['schemas']['UserView'];
      session?: components['schemas']['SessionView'];
      /**
       * @description invalid_token or session_<endReason>
       * @example session_displaced
       */
      code?: string;
      /** Format: date-time */
      endedAt?: string;
    };
    AdminUserView: {
      /**
       * Format: uuid
       * @example 01936f5e-7c1a-7b3e-8f00-2a1b3c4d5e6f
       */
      id: string;
      /** @example demo.asha */
      username: string | null;
      /** @example Asha (demo) */
      displayName: string | null;
      /**
       * @description 256 px; `/64` in place of `/256`: 64 px.
       * @example /v1/images/01936f5e-7c1a-7b3e-8f00-2a1b3c4d5e6f/256
       */
      avatarUrl: string | null;
      /**
       * @description E.164.
       * @example +919012345678
       */
      mobile: string | null;
      /** @example asha@example.com */
      email: string | null;
      /**
       * @example es
       * @enum {string|null}
       */
      locale: 'en' | 'es' | null;
      /**
       * @example user
       * @enum {string}
       */
      role: 'user' | 'admin';
      /**
       * Format: date-time
       * @example null
       */
      mobileVerifiedAt: string | null;
      /**
       * Format: date-time
       * @example null
       */
      emailVerifiedAt: string | null;
      /** Format: date-time */
      createdAt: string;
      /**
       * @description A locked user has no session and gets none.
       * @example false
       */
      locked: boolean;
    };
    AdminUserListView: {
      items: components['schemas']['AdminUserView'][];
      nextCursor: string | null;
    };
    PolicyDto: {
      /**
       * @description How many sessions may be live; null for no limit, which is held at 1,000.
       * @example 2
       */
      limit: number | null;
      /**
       * @description What the limit counts.
       * @example user
       * @enum {string}
       */
      per: 'user' | 'device-class';
      /**
       * @description What happens to the one too many.
       * @example ask
       * @enum {string}
       */
      onLimit: 'end-oldest' | 'end-least-recent' | 'end-all' | 'refuse' | 'ask' | 'approve';
      /**
       * @description Seconds without use.
       * @example 1800
       */
      idleTimeout: number;
      /**
       * @description Seconds.
       * @example 2592000
       */
      maxAge: number;
    };
    PolicyInForceView: {
      policy: components['schemas']['PolicyDto'];
      /**
       * @description The narrowest scope that has one.
       * @example environment
       * @enum {string}
       */
      source: 'environment' | 'global' | 'role' | 'user';
    };
    AdminUserDetailView: {
      /**
       * Format: uuid
       * @example 01936f5e-7c1a-7b3e-8f00-2a1b3c4d5e6f
       */
      id: string;
      /** @example demo.asha */
      username: string | null;
      /** @example Asha (demo) */
      displayName: string | null;
      /**
       * @description 256 px; `/64` in place of `/256`: 64 px.
       * @example /v1/images/01936f5e-7c1a-7b3e-8f00-2a1b3c4d5e6f/256
       */
      avatarUrl: string | null;
      /**
       * @description E.164.
       * @example +919012345678
       */
      mobile: string | null;
      /** @example asha@example.com */
      email: string | null;
      /**
       * @example es
       * @enum {string|null}
       */
      locale: 'en' | 'es' | null;
      /**
       * @example user
       * @enum {string}
       */
      role: 'user' | 'admin';
      /**
       * Format: date-time
       * @example null
       */
      mobileVerifiedAt: string | null;
      /**
       * Format: date-time
       * @example null
       */
      emailVerifiedAt: string | null;
      /** Format: date-time */
      createdAt: string;
      /**
       * @description A locked user has no session and gets none.
       * @example false
       */
      locked: boolean;
      /** @example 1 */
      liveSessions: number;
      /** @description For their next login. */
      policy: components['schemas']['PolicyInForceView'];
    };
    EditUserDto: {
      /**
       * @example user
       * @enum {string}
       */
      role?: 'user' | 'admin';
      /**
       * @description A locked user has no session and gets none.
       * @example true
       */
      locked?: boolean;
    };
    RecoveryLinkView: {
      /** @description For `POST /v1/users/recover/link`. */
      token: string;
      /**
       * @description The page that asks for the new password; null in production where `PUBLIC_URL` is not set.
       * @example https://accounts.example.com/recover#orl_…
       */
      url: string | null;
      /** Format: date-time */
      expiresAt: string;
    };
    ActorView: {
      /**
       * @example admin
       * @enum {string}
       */
      kind: 'user' | 'admin' | 'service' | 'system';
      /** Format: uuid */
      userId?: string;
      /** Format: uuid */
      sessionId?: string | null;
      /** @description Of the service key. */
      name?: string;
    };
    AuditEntryView: {
      /** Format: uuid */
      id: string;
      /** Format: date-time */
      at: string;
      /** @example session.ended */
      type: string;
      actor: components['schemas']['ActorView'];
      /** Format: uuid */
      userId: string | null;
      /** @description Ids, addresses, reasons, numbers. */
      details: {
        [key: string]: unknown;
      };
    };
    AuditListView: {
      items: components['schemas']['AuditEntryView'][];
      nextCursor: string | null;
    };
    HourView: {
      /**
       * Format: date-time
       * @description Its beginning.
       */
      hour: string;
      /** @example 12 */
      logins: number;
      /**
       * @description Logins that took the place of another device.
       * @example 3
       */
      displacements: number;
      /**
       * @description Right password, but no place under the policy.
       * @example 1
       */
      refusals: number;
    };
    StatsView: {
      /** @example 40 */
      liveSessions: number;
      /** @description The running hour first. */
      hours: components['schemas']['HourView'][];
    };
    RootLoginDto: {
      /** @example 9012345678 */
      mobile?: string;
      /** @example SavingsBank */
      username?: string;
      /** Format: email */
      email?: string;
      /** @example Asha (demo) */
      nickname?: string;
      password?: string;
      /**
       * @description For a service. Default: the request's own.
       * @example Thunder Client
       */
      userAgent?: string;
      /**
       * @description For a service. Default: the request's own.
       * @example ::ffff:127.0.0.2
       */
      ipAddress?: string;
      /**
       * @description What the service calls the device.
       * @example 02:42:ac:11:00:02
       */
      clientMAC?: string;
    };
    LegacySessionView: {
      /** Format: uuid */
      sessionKey: string;
      /** @example Thunder Client */
      userAgent: string;
      /** @example 127.0.0.1 */
      ipAddress: string;
      isValid: boolean;
      /** Format: date-time */
      createdAt: string;
    };
    LegacyUserView: {
      /** @example SavingsBank */
      user_name: string;
      /** Format: uuid */
      activeSession: string | null;
      sessions: components['schemas']['LegacySessionView'][];
      /** @example 9012345678 */
      mobile: string;
    };
    RootLoginView: {
      /** @example Login successful */
      message: string;
      user: components['schemas']['LegacyUserView'];
      /** @description Stored nowhere: keep it. */
      access_token: string;
      /** @enum {string} */
      token_type: 'bearer';
      /** Format: uuid */
      sessionId: string;
      /** Format: uuid */
      session_id: string;
    };
    LegacyAnswerView: {
      /** @example Login successful */
      message: string;
      user: components['schemas']['LegacyUserView'];
    };
    RootLogoutDto: {
      /** @example 457d87d7-d06b-4f44-90ea-76ac235903b2 */
      sessionId?: string;
      /** @example 457d87d7-d06b-4f44-90ea-76ac235903b2 */
      session_id?: string;
    };
    EarlierSessionView: {
      /** Format: uuid */
      sessionId: string;
      /** Format: uuid */
      userId: string;
      /** @description What the person is called. */
      nickname: string | null;
      /** Format: email */
      email: string | null;
      /** @example 203.0.113.7 */
      ipAddress: string;
      /** @example Thunder Client */
      userAgent: string;
      /** Format: date-time */
      createdAt: string;
      /** Format: date-time */
      lastAccess: string;
      /**
       * Format: date-time
       * @description As `lastAccess`.
       */
      lastAccessed: string;
      /** Format: date-time */
      endedAt: string | null;
      /** @enum {string} */
      status: 'active' | 'ended';
      /** @description Seconds since the last access; of an ended session until its end. */
      inactivityDuration: number;
      /** @description Seconds from its start until now, or until its end. */
      duration: number;
    };
    RootLogoutView: {
      /** @example Logged out */
      message: string;
      /** @example true */
      success: boolean;
      /** @description Absent where nobody was logged in. */
      session?: components['schemas']['EarlierSessionView'];
    };
    LegacyPersonDto: {
      /** @example 9012345678 */
      mobile: string;
      /** @example SavingsBank */
      username: string;
    };
    CreatedUserView: {
      /** @example Login successful */
      message: string;
      user: components['schemas']['LegacyUserView'];
      /** @description The token of the session that the user has already. Stored nowhere: keep it. */
      access_token: string;
      /** Format: uuid */
      session_id: string;
    };
    LegacyDetailsView: {
      /** @example SavingsBank */
      user_name: string;
      /** Format: uuid */
      activeSession: string | null;
      sessions: components['schemas']['LegacySessionView'][];
      /** @example 9012345678 */
      mobile_number: string;
    };
    InvalidateDto: {
      /**
       * @description The id of the session.
       * @example 457d87d7-d06b-4f44-90ea-76ac235903b2
       */
      sessionKey: string;
    };
    WelcomeView: {
      /** @example Welcome */
      message: string;
      /** @example Oneseat */
      author: string;
      /**
       * @description As `author`.
       * @example Oneseat
       */
      autor: string;
    };
    SessionIdDto: {
      /** @example 457d87d7-d06b-4f44-90ea-76ac235903b2 */
      sessionId: string;
    };
    RenewedView: {
      /** @example Session updated */
      message: string;
      session: components['schemas']['EarlierSessionView'];
    };
    EndedAllView: {
      /** @example Sessions ended */
      message: string;
      /** @example 2 */
      ended: number;
    };
    RegisterDto: {
      /** @example demo.asha */
      username: string;
      /**
       * Format: email
       * @example asha@example.com
       */
      email: string;
      /** @example plum-Velvet-7-harbour */
      password: string;
    };
    RegisteredView: {
      /** @example User registered */
      message: string;
      /** @example demo.asha */
      username: string;
    };
    ProtectedView: {
      /**
       * @description The username, else what the person is called or reached by.
       * @example demo.asha
       */
      username: string;
      /** @example You are logged in */
      message: string;
    };
    SignUpDto: {
      /** @example Asha (demo) */
      fullName: string;
      /**
       * Format: email
       * @example asha@example.com
       */
      email: string;
      /** @example plum-Velvet-7-harbour */
      password: string;
    };
    MessengerUserView: {
      /**
       * Format: uuid
       * @example 01936f5e-7c1a-7b3e-8f00-2a1b3c4d5e6f
       */
      _id: string;
      /** @description The display name, else the username. */
      fullName: string | null;
      /**
       * @description Only of oneself.
       * @example asha@example.com
       */
      email?: string | null;
      /** @description The address of the picture. */
      profilePic: string | null;
      /**
       * Format: date-time
       * @description Only of oneself.
       */
      createdAt?: string;
    };
    MessengerLoginDto: {
      /**
       * Format: email
       * @example asha@example.com
       */
      email: string;
      /** @example plum-Velvet-7-harbour */
      password: string;
    };
    LoggedOutView: {
      /** @example Logged out */
      message: string;
    };
    UpdateProfileDto: {
      /**
       * @description A JPEG, PNG, WebP or GIF of up to 8 MiB, as a data URL in base64.
       * @example data:image/gif;base64,R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7
       */
      profilePic: string;
    };
    MessengerMessageView: {
      /**
       * Format: uuid
       * @example 01936f5e-7c1a-7b3e-8f00-2a1b3c4d5e6f
       */
      _id: string;
      /** Format: uuid */
      senderId: string;
      /** Format: uuid */
      receiverId: string;
      /** @example See you at six. */
      text: string | null;
      /** @description The address of the picture. */
      image: string | null;
      /** Format: date-time */
      createdAt: string;
    };
    SendDto: {
      /** @example See you at six. */
      text?: string | null;
      /**
       * @description A JPEG, PNG, WebP or GIF of up to 8 MiB, as a data URL in base64.
       * @example data:image/gif;base64,R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7
       */
      image?: string;
    };
    HealthView: {
      /** @example ok */
      status: string;
    };
  };
  responses: never;
  parameters: never;
  requestBodies: never;
  headers: never;
  pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
  UsersController_create: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['CreateUserDto'];
      };
    };
    responses: {
      201: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['UserView'];
        };
      };
      /** @description validation_failed */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemView'];
        };
      };
      /** @description service_key_required */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemView'];
        };
      };
      /** @description service_scope_required or invalid_code */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemView'];
        };
      };
      /** @description mobile_taken, username_taken or email_taken */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemView'];
        };
      };
      /** @description too_many_attempts */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemView'];
        };
      };
      /** @description busy or store_unavailable */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemView'];
        };
      };
    };
  };
  UsersController_me: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['OwnUserView'];
        };
      };
      /** @description bad_request, invalid_json or invalid_encoding */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemView'];
        };
      };
      /** @description authentication_required, invalid_token or session_<endReason> */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['SessionEndedProblemView'];
        };
      };
      /** @description store_unavailable */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemView'];
        };
      };
    };
  };
  UsersController_delete: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['GivenProofDto'];
      };
    };
    responses: {
      202: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['DeletionWaitsView'];
        };
      };
      /** @description Deleted. */
      204: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description validation_failed */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemView'];
        };
      };
      /** @description authentication_required, invalid_token or session_<endReason> */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['SessionEndedProblemView'];
        };
      };
      /** @description wrong_password, invalid_code or fresh_proof_required */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemView'];
        };
      };
      /** @description admin_role_held */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemView'];
        };
      };
      /** @description too_many_attempts */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemView'];
        };
      };
      /** @description busy or store_unavailable */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemView'];
        };
      };
    };
  };
  UsersController_edit: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['UpdateUserDto'];
      };
    };
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['UserView'];
        };
      };
      /** @description validation_failed */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemView'];
        };
      };
      /** @description authentication_required, invalid_token or session_<endReason> */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['SessionEndedProblemView'];
        };
      };
      /** @description wrong_password, invalid_code or fresh_proof_required */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemView'];
        };
      };
      /** @description mobile_taken, username_taken, email_taken, last_identifier or rename_limit_reached */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemView'];
        };
      };
      /** @description too_many_attempts */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemView'];
        };
      };
      /** @description busy or store_unavailable */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemView'];
        };
      };
    };
  };
  UsersController_changePassword: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['ChangePasswordDto'];
      };
    };
    responses: {
      204: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description validation_failed */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemView'];
        };
      };
      /** @description authentication_required, invalid_token or session_<endReason> */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['SessionEndedProblemView'];
        };
      };
      /** @description wrong_password, invalid_code or fresh_proof_required */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemView'];
        };
      };
      /** @description too_many_attempts */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemView'];
        };
      };
      /** @description busy or store_unavailable */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemView'];
        };
      };
    };
  };
  UsersController_cancelDeletion: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      204: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description bad_request, invalid_json or invalid_encoding */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemView'];
        };
      };
      /** @description authentication_required, invalid_token or session_<endReason> */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['SessionEndedProblemView'];
        };
      };
      /** @description deletion_not_found */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemView'];
        };
      };
      /** @description busy or store_unavailable */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemView'];
        };
      };
    };
  };
  SessionsController_list: {
    parameters: {
      query?: {
        limit?: number;
        /** @description The `nextCursor` of the page before. */
        cursor?: string;
        state?: 'live' | 'ended' | 'all';
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['SessionListView'];
        };
      };
      /** @description validation_failed */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemView'];
        };
      };
      /** @description authentication_required, invalid_token or session_<endReason> */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['SessionEndedProblemView'];
        };
      };
    };
  };
  LoginController_login: {
    parameters: {
      query?: never;
      header?: {
        /** @description `new` to be given id and secret, later that id. */
        'X-Device-Id'?: string;
        /** @description The secret that was given with the id. */
        'X-Device-Secret'?: string;
      };
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['PasswordLoginDto'] | components['schemas']['CodeLoginDto'];
      };
    };
    responses: {
      201: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['LoginView'];
        };
      };
      /** @description Under `approve`: a live device is being asked. */
      202: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['PendingLoginView'];
        };
      };
      /** @description validation_failed or invalid_device */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemView'];
        };
      };
      /** @description invalid_credentials */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemView'];
        };
      };
      /** @description session_limit_reached */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['SessionLimitProblemView'];
        };
      };
      /** @description too_many_attempts */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemView'];
        };
      };
      /** @description busy or store_unavailable */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemView'];
        };
      };
    };
  };
  SessionsController_endAll: {
    parameters: {
      query?: {
        /** @description Keep the session that asks. */
        except?: 'current';
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['EndedCountView'];
        };
      };
      /** @description validation_failed */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemView'];
        };
      };
      /** @description authentication_required, invalid_token or session_<endReason> */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['SessionEndedProblemView'];
        };
      };
    };
  };
  LoginController_takeOver: {
    parameters: {
      query?: never;
      header?: {
        /** @description `new` to be given id and secret, later that id. */
        'X-Device-Id'?: string;
        /** @description The secret that was given with the id. */
        'X-Device-Secret'?: string;
      };
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['TakeoverDto'];
      };
    };
    responses: {
      201: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['LoginView'];
        };
      };
      /** @description validation_failed or invalid_device */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemView'];
        };
      };
      /** @description invalid_ticket */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemView'];
        };
      };
      /** @description session_not_found */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemView'];
        };
      };
      /** @description session_limit_reached */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['SessionLimitProblemView'];
        };
      };
    };
  };
  LoginRequestsController_list: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['LoginRequestListView'];
        };
      };
      /** @description bad_request, invalid_json or invalid_encoding */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemView'];
        };
      };
      /** @description authentication_required, invalid_token or session_<endReason> */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['SessionEndedProblemView'];
        };
      };
    };
  };
  LoginRequestsController_wait: {
    parameters: {
      query?: never;
      header?: {
        /** @description `new` to be given id and secret, later that id. */
        'X-Device-Id'?: string;
        /** @description The secret that was given with the id. */
        'X-Device-Secret'?: string;
      };
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['WaitDto'];
      };
    };
    responses: {
      201: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['LoginView'];
        };
      };
      202: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['PendingLoginView'];
        };
      };
      /** @description validation_failed or invalid_device */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemView'];
        };
      };
      /** @description invalid_ticket */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemView'];
        };
      };
      /** @description login_denied */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemView'];
        };
      };
      /** @description login_request_expired */
      410: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemView'];
        };
      };
    };
  };
  LoginRequestsController_decide: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['AnswerLoginDto'];
      };
    };
    responses: {
      204: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description validation_failed */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemView'];
        };
      };
      /** @description authentication_required, invalid_token or session_<endReason> */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['SessionEndedProblemView'];
        };
      };
      /** @description wrong_number or fresh_proof_required */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemView'];
        };
      };
      /** @description login_request_not_found */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemView'];
        };
      };
      /** @description login_request_decided */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemView'];
        };
      };
      /** @description uri_too_long */
      414: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemView'];
        };
      };
    };
  };
  SessionsController_current: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['CurrentView'];
        };
      };
      /** @description bad_request, invalid_json or invalid_encoding */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemView'];
        };
      };
      /** @description authentication_required, invalid_token or session_<endReason> */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['SessionEndedProblemView'];
        };
      };
    };
  };
  SessionsController_logOut: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      204: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description bad_request, invalid_json or invalid_encoding */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemView'];
        };
      };
      /** @description authentication_required, invalid_token or session_<endReason> */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['SessionEndedProblemView'];
        };
      };
    };
  };
  SessionsController_refresh: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['RefreshDto'];
      };
    };
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['RefreshedView'];
        };
      };
      /** @description validation_failed */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemView'];
        };
      };
      /** @description authentication_required, invalid_token or session_<endReason> */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['SessionEndedProblemView'];
        };
      };
      /** @description rotation_limit_reached */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemView'];
        };
      };
    };
  };
  SessionsController_prove: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['GivenProofDto'];
      };
    };
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ProofView'];
        };
      };
      /** @description validation_failed */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemView'];
        };
      };
      /** @description authentication_required, invalid_token or session_<endReason> */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['SessionEndedProblemView'];
        };
      };
      /** @description wrong_password or invalid_code */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemView'];
        };
      };
      /** @description too_many_attempts */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemView'];
        };
      };
      /** @description busy or store_unavailable */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemView'];
        };
      };
    };
  };
  SessionsController_end: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      204: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description bad_request */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemView'];
        };
      };
      /** @description authentication_required, invalid_token or session_<endReason> */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['SessionEndedProblemView'];
        };
      };
      /** @description session_not_found */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemView'];
        };
      };
      /** @description uri_too_long */
      414: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemView'];
        };
      };
    };
  };
  DevicesController_list: {
    parameters: {
      query?: {
        limit?: number;
        /** @description The `nextCursor` of the page before. */
        cursor?: string;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['DeviceListView'];
        };
      };
      /** @description validation_failed */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemView'];
        };
      };
      /** @description authentication_required, invalid_token or session_<endReason> */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['SessionEndedProblemView'];
        };
      };
    };
  };
  DevicesController_forget: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      204: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description bad_request */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemView'];
        };
      };
      /** @description authentication_required, invalid_token or session_<endReason> */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['SessionEndedProblemView'];
        };
      };
      /** @description device_not_found */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemView'];
        };
      };
      /** @description uri_too_long */
      414: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemView'];
        };
      };
    };
  };
  DevicesController_rename: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['RenameDeviceDto'];
      };
    };
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['DeviceView'];
        };
      };
      /** @description validation_failed */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemView'];
        };
      };
      /** @description authentication_required, invalid_token or session_<endReason> */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['SessionEndedProblemView'];
        };
      };
      /** @description device_not_found */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemView'];
        };
      };
      /** @description uri_too_long */
      414: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemView'];
        };
      };
    };
  };
  ActivitiesController_record: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['RecordActivityDto'];
      };
    };
    responses: {
      201: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ActivityView'];
        };
      };
      /** @description validation_failed */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemView'];
        };
      };
      /** @description authentication_required, invalid_token or session_<endReason> */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['SessionEndedProblemView'];
        };
      };
      /** @description too_many_requests */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemView'];
        };
      };
    };
  };
  ActivitiesController_list: {
    parameters: {
      query?: {
        limit?: number;
        /** @description The `nextCursor` of the page before. */
        cursor?: string;
      };
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ActivityListView'];
        };
      };
      /** @description validation_failed */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemView'];
        };
      };
      /** @description authentication_required, invalid_token or session_<endReason> */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['SessionEndedProblemView'];
        };
      };
      /** @description session_not_found */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemView'];
        };
      };
      /** @description uri_too_long */
      414: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemView'];
        };
      };
    };
  };
  AdminActivitiesController_list: {
    parameters: {
      query?: {
        limit?: number;
        /** @description The `nextCursor` of the page before. */
        cursor?: string;
      };
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ActivityListView'];
        };
      };
      /** @description validation_failed */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemView'];
        };
      };
      /** @description authentication_required, invalid_token or session_<endReason> */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['SessionEndedProblemView'];
        };
      };
      /** @description admin_required or fresh_proof_required */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemView'];
        };
      };
      /** @description session_not_found */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemView'];
        };
      };
      /** @description uri_too_long */
      414: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemView'];
        };
      };
    };
  };
  NotificationsController_list: {
    parameters: {
      query?: {
        limit?: number;
        /** @description The `nextCursor` of the page before. */
        cursor?: string;
        unread?: boolean;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['NotificationListView'];
        };
      };
      /** @description validation_failed */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemView'];
        };
      };
      /** @description authentication_required, invalid_token or session_<endReason> */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['SessionEndedProblemView'];
        };
      };
    };
  };
  NotificationsController_mark: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['MarkNotificationDto'];
      };
    };
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['NotificationView'];
        };
      };
      /** @description validation_failed */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemView'];
        };
      };
      /** @description authentication_required, invalid_token or session_<endReason> */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['SessionEndedProblemView'];
        };
      };
      /** @description fresh_proof_required */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemView'];
        };
      };
      /** @description notification_not_found */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemView'];
        };
      };
      /** @description notification_about_this_session */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemView'];
        };
      };
      /** @description uri_too_long */
      414: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemView'];
        };
      };
    };
  };
  NotificationsController_markAll: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      204: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description bad_request, invalid_json or invalid_encoding */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemView'];
        };
      };
      /** @description authentication_required, invalid_token or session_<endReason> */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['SessionEndedProblemView'];
        };
      };
    };
  };
  AvatarController_save: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'multipart/form-data': {
          /**
           * Format: binary
           * @description JPEG, PNG, WebP or GIF, up to 8 MiB.
           */
          image: string;
        };
      };
    };
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['UserView'];
        };
      };
      /** @description validation_failed */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemView'];
        };
      };
      /** @description authentication_required, invalid_token or session_<endReason> */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['SessionEndedProblemView'];
        };
      };
      /** @description body_too_large */
      413: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemView'];
        };
      };
      /** @description unsupported_image or unsupported_media_type */
      415: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemView'];
        };
      };
      /** @description invalid_image or image_too_large */
      422: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemView'];
        };
      };
      /** @description too_many_requests */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemView'];
        };
      };
      /** @description busy, image_storage_unavailable or store_unavailable */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemView'];
        };
      };
    };
  };
  AvatarController_remove: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['UserView'];
        };
      };
      /** @description bad_request, invalid_json or invalid_encoding */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemView'];
        };
      };
      /** @description authentication_required, invalid_token or session_<endReason> */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['SessionEndedProblemView'];
        };
      };
    };
  };
  ImagesController_read: {
    parameters: {
      query?: never;
      header: {
        'if-none-match': string;
        /** @description The `ETag` of the copy that the caller has. */
        'If-None-Match'?: string;
      };
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'image/webp': string;
        };
      };
      /** @description The copy is good. */
      304: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description bad_request */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemView'];
        };
      };
      /** @description authentication_required, invalid_token or session_<endReason> */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['SessionEndedProblemView'];
        };
      };
      /** @description image_not_found */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemView'];
        };
      };
      /** @description uri_too_long */
      414: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemView'];
        };
      };
      /** @description image_storage_unavailable or store_unavailable */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemView'];
        };
      };
    };
  };
  ImagesController_readSize: {
    parameters: {
      query?: never;
      header: {
        'if-none-match': string;
        /** @description The `ETag` of the copy that the caller has. */
        'If-None-Match'?: string;
      };
      path: {
        id: string;
        /** @description A profile picture in 64 or 256 px; the preview of a message’s. */
        size: '64' | '256' | 'preview';
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'image/webp': string;
        };
      };
      /** @description The copy is good. */
      304: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description bad_request */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemView'];
        };
      };
      /** @description authentication_required, invalid_token or session_<endReason> */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['SessionEndedProblemView'];
        };
      };
      /** @description image_not_found */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemView'];
        };
      };
      /** @description uri_too_long */
      414: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemView'];
        };
      };
      /** @description image_storage_unavailable or store_unavailable */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemView'];
        };
      };
    };
  };
  WebhooksController_list: {
    parameters: {
      query?: {
        limit?: number;
        /** @description The `nextCursor` of the page before. */
        cursor?: string;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['WebhookListView'];
        };
      };
      /** @description validation_failed */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemView'];
        };
      };
      /** @description authentication_required, invalid_token or session_<endReason> */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['SessionEndedProblemView'];
        };
      };
      /** @description admin_required or fresh_proof_required */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemView'];
        };
      };
    };
  };
  WebhooksController_register: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['CreateWebhookDto'];
      };
    };
    responses: {
      201: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['WebhookWithSecretView'];
        };
      };
      /** @description validation_failed */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemView'];
        };
      };
      /** @description authentication_required, invalid_token or session_<endReason> */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['SessionEndedProblemView'];
        };
      };
      /** @description admin_required or fresh_proof_required */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemView'];
        };
      };
    };
  };
  WebhooksController_get: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['WebhookView'];
        };
      };
      /** @description bad_request, invalid_json or invalid_encoding */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemView'];
        };
      };
      /** @description authentication_required, invalid_token or session_<endReason> */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['SessionEndedProblemView'];
        };
      };
      /** @description admin_required or fresh_proof_required */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemView'];
        };
      };
      /** @description webhook_not_found */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemView'];
        };
      };
      /** @description uri_too_long */
      414: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemView'];
        };
      };
    };
  };
  WebhooksController_remove: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      204: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description bad_request, invalid_json or invalid_encoding */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemView'];
        };
      };
      /** @description authentication_required, invalid_token or session_<endReason> */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['SessionEndedProblemView'];
        };
      };
      /** @description admin_required or fresh_proof_required */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemView'];
        };
      };
      /** @description webhook_not_found */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemView'];
        };
      };
      /** @description uri_too_long */
      414: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemView'];
        };
      };
    };
  };
  WebhooksController_edit: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['EditWebhookDto'];
      };
    };
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['WebhookView'];
        };
      };
      /** @description validation_failed */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemView'];
        };
      };
      /** @description authentication_required, invalid_token or session_<endReason> */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['SessionEndedProblemView'];
        };
      };
      /** @description admin_required or fresh_proof_required */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemView'];
        };
      };
      /** @description webhook_not_found */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemView'];
        };
      };
      /** @description uri_too_long */
      414: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemView'];
        };
      };
    };
  };
  WebhooksController_rotateSecret: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['WebhookWithSecretView'];
        };
      };
      /** @description bad_request, invalid_json or invalid_encoding */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemView'];
        };
      };
      /** @description authentication_required, invalid_token or session_<endReason> */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['SessionEndedProblemView'];
        };
      };
      /** @description admin_required or fresh_proof_required */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemView'];
        };
      };
      /** @description webhook_not_found */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemView'];
        };
      };
      /** @description uri_too_long */
      414: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemView'];
        };
      };
    };
  };
  WebhooksController_listDeliveries: {
    parameters: {
      query?: {
        limit?: number;
        /** @description The `nextCursor` of the page before. */
        cursor?: string;
        state?: 'dead' | 'pending';
      };
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['DeliveryListView'];
        };
      };
      /** @description validation_failed */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemView'];
        };
      };
      /** @description authentication_required, invalid_token or session_<endReason> */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['SessionEndedProblemView'];
        };
      };
      /** @description admin_required or fresh_proof_required */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemView'];
        };
      };
      /** @description webhook_not_found */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemView'];
        };
      };
      /** @description uri_too_long */
      414: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemView'];
        };
      };
    };
  };
  WebhooksController_redeliver: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
        deliveryId: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      204: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description bad_request, invalid_json or invalid_encoding */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemView'];
        };
      };
      /** @description authentication_required, invalid_token or session_<endReason> */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['SessionEndedProblemView'];
        };
      };
      /** @description admin_required or fresh_proof_required */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemView'];
        };
      };
      /** @description webhook_not_found, delivery_not_found */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemView'];
        };
      };
      /** @description uri_too_long */
      414: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemView'];
        };
      };
    };
  };
  ExportController_download: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** Format: date-time */
            exportedAt?: string;
            profile?: Record<string, never>;
          } & {
            [key: string]: unknown;
          };
        };
      };
      202: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ExportWaitsView'];
        };
      };
      /** @description bad_request, invalid_json or invalid_encoding */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemView'];
        };
      };
      /** @description authentication_required, invalid_token or session_<endReason> */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['SessionEndedProblemView'];
        };
      };
      /** @description cross_origin, host_not_allowed or fresh_proof_required */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemView'];
        };
      };
      /** @description too_many_requests */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemView'];
        };
      };
      /** @description store_unavailable */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemView'];
        };
      };
    };
  };
  ExportController_cancel: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      204: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description bad_request, invalid_json or invalid_encoding */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemView'];
        };
      };
      /** @description authentication_required, invalid_token or session_<endReason> */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['SessionEndedProblemView'];
        };
      };
      /** @description export_not_found */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemView'];
        };
      };
      /** @description busy or store_unavailable */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemView'];
        };
      };
    };
  };
  CodesController_request: {
    parameters: {
      query?: never;
      header?: {
        /** @description `new` to be given id and secret, later that id. */
        'X-Device-Id'?: string;
        /** @description The secret that was given with the id. */
        'X-Device-Secret'?: string;
      };
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['RequestCodeDto'];
      };
    };
    responses: {
      202: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['CodeSentView'];
        };
      };
      /** @description validation_failed or invalid_device */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemView'];
        };
      };
      /** @description too_many_attempts */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemView'];
        };
      };
      /** @description channel_missing or store_unavailable */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemView'];
        };
      };
    };
  };
  CodesController_verify: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['VerifyDto'];
      };
    };
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['UserView'];
        };
      };
      /** @description validation_failed */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemView'];
        };
      };
      /** @description authentication_required, invalid_token or session_<endReason> */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['SessionEndedProblemView'];
        };
      };
      /** @description invalid_code */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemView'];
        };
      };
      /** @description too_many_attempts */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemView'];
        };
      };
    };
  };
  CodesController_recover: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['RecoverDto'];
      };
    };
    responses: {
      204: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description validation_failed */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemView'];
        };
      };
      /** @description invalid_credentials */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemView'];
        };
      };
      /** @description too_many_attempts */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemView'];
        };
      };
    };
  };
  RecoveryLinksController_recover: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['LinkRecoveryDto'];
      };
    };
    responses: {
      204: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description validation_failed */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemView'];
        };
      };
      /** @description invalid_recovery_link */
      410: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemView'];
        };
      };
      /** @description busy or store_unavailable */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemView'];
        };
      };
    };
  };
  ReportsController_report: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['NotificationView'];
        };
      };
      /** @description bad_request */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemView'];
        };
      };
      /** @description authentication_required, invalid_token or session_<endReason> */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['SessionEndedProblemView'];
        };
      };
      /** @description fresh_proof_required */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemView'];
        };
      };
      /** @description notification_not_found */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemView'];
        };
      };
      /** @description notification_about_this_session or not_reportable */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemView'];
        };
      };
      /** @description uri_too_long */
      414: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemView'];
        };
      };
    };
  };
  ReportsController_reportWithoutSession: {
    parameters: {
      query?: never;
      header?: {
        /** @description `new` to be given id and secret, later that id. */
        'X-Device-Id'?: string;
        /** @description The secret that was given with the id. */
        'X-Device-Secret'?: string;
      };
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json':
          | components['schemas']['LinkReportDto']
          | components['schemas']['TokenReportDto']
          | components['schemas']['PasswordLoginDto'];
      };
    };
    responses: {
      204: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description validation_failed or invalid_device */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemView'];
        };
      };
      /** @description invalid_credentials */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemView'];
        };
      };
      /** @description fresh_proof_required */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemView'];
        };
      };
      /** @description invalid_report_link */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemView'];
        };
      };
      /** @description not_reportable */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemView'];
        };
      };
      /** @description report_link_stale */
      410: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemView'];
        };
      };
      /** @description too_many_attempts */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemView'];
        };
      };
      /** @description busy or store_unavailable */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemView'];
        };
      };
    };
  };
  MessagesController_list: {
    parameters: {
      query: {
        limit?: number;
        /** @description The `nextCursor` of the page before. */
        cursor?: string;
        /** @description The other person. */
        with: string;
        /** @description Oldest first, from the message after this `seq` on: for catching up. A `cursor` wins over it. */
        after?: number;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['MessageListView'];
        };
      };
      /** @description validation_failed */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemView'];
        };
      };
      /** @description authentication_required, invalid_token or session_<endReason> */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['SessionEndedProblemView'];
        };
      };
    };
  };
  MessagesController_send: {
    parameters: {
      query?: never;
      header?: {
        /** @description 1 to 128 visible ASCII characters, another one for each message. Kept as long as the message. */
        'Idempotency-Key'?: string;
      };
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['SendMessageDto'];
      };
    };
    responses: {
      201: {
        headers: {
          /** @description `true` where it had been sent before. */
          'Idempotent-Replayed'?: string;
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['MessageView'];
        };
      };
      /** @description validation_failed */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemView'];
        };
      };
      /** @description authentication_required, invalid_token or session_<endReason> */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['SessionEndedProblemView'];
        };
      };
      /** @description user_not_found */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemView'];
        };
      };
      /** @description body_too_large */
      413: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemView'];
        };
      };
      /** @description unsupported_image */
      415: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemView'];
        };
      };
      /** @description idempotency_key_reused, invalid_image or image_too_large */
      422: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemView'];
        };
      };
      /** @description too_many_messages */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemView'];
        };
      };
      /** @description busy, image_storage_unavailable or store_unavailable */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemView'];
        };
      };
    };
  };
  MessagesController_read: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['ReadMessagesDto'];
      };
    };
    responses: {
      204: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description validation_failed */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemView'];
        };
      };
      /** @description authentication_required, invalid_token or session_<endReason> */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['SessionEndedProblemView'];
        };
      };
      /** @description message_not_found */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemView'];
        };
      };
    };
  };
  ConversationsController_list: {
    parameters: {
      query?: {
        limit?: number;
        /** @description The `nextCursor` of the page before. */
        cursor?: string;
        /** @description `newest`: the last message decides, newest first. `oldest`: the other way round, for catching up while a socket is open: what changes meanwhile comes on a later page, or over the socket. */
        order?: 'newest' | 'oldest';
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ConversationListView'];
        };
      };
      /** @description validation_failed */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemView'];
        };
      };
      /** @description authentication_required, invalid_token or session_<endReason> */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['SessionEndedProblemView'];
        };
      };
    };
  };
  ProfilesController_get: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['PublicProfileView'];
        };
      };
      /** @description bad_request */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemView'];
        };
      };
      /** @description authentication_required, invalid_token or session_<endReason> */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['SessionEndedProblemView'];
        };
      };
      /** @description user_not_found */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemView'];
        };
      };
      /** @description uri_too_long */
      414: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemView'];
        };
      };
    };
  };
  PresenceController_get: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['PresenceView'];
        };
      };
      /** @description bad_request */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemView'];
        };
      };
      /** @description authentication_required, invalid_token or session_<endReason> */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['SessionEndedProblemView'];
        };
      };
      /** @description user_not_found */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemView'];
        };
      };
      /** @description uri_too_long */
      414: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemView'];
        };
      };
    };
  };
  ContactsController_list: {
    parameters: {
      query?: {
        limit?: number;
        /** @description The `nextCursor` of the page before. */
        cursor?: string;
        /** @description Part of a display name or username, or a whole e-mail, without regard to case. A page may be short, even empty, while there is a `nextCursor`: a request reads at most 5,000 people. */
        query?: string;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ContactListView'];
        };
      };
      /** @description validation_failed */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemView'];
        };
      };
      /** @description authentication_required, invalid_token or session_<endReason> */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['SessionEndedProblemView'];
        };
      };
      /** @description too_many_requests */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemView'];
        };
      };
    };
  };
  ServiceSessionsController_login: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['ServiceLoginDto'];
      };
    };
    responses: {
      201: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['LoginView'];
        };
      };
      /** @description Under `approve`: a live device is being asked. */
      202: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['PendingLoginView'];
        };
      };
      /** @description validation_failed */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemView'];
        };
      };
      /** @description service_key_required */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemView'];
        };
      };
      /**
       * @description service_scope_required
       *
       *     service_scope_required, user_locked or device_blocked
       */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemView'];
        };
      };
      /** @description user_not_found */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemView'];
        };
      };
      /** @description session_limit_reached */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['SessionLimitProblemView'];
        };
      };
    };
  };
  ServiceSessionsController_introspect: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['IntrospectDto'];
      };
    };
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['IntrospectionView'];
        };
      };
      /** @description validation_failed */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemView'];
        };
      };
      /** @description service_key_required */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemView'];
        };
      };
      /** @description service_scope_required */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemView'];
        };
      };
    };
  };
  ServiceSessionsController_end: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      204: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description bad_request */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemView'];
        };
      };
      /** @description service_key_required */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemView'];
        };
      };
      /** @description service_scope_required */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemView'];
        };
      };
      /** @description session_not_found */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemView'];
        };
      };
      /** @description uri_too_long */
      414: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemView'];
        };
      };
    };
  };
  ServiceUsersController_find: {
    parameters: {
      query?: {
        mobile?: string;
        username?: string;
        email?: string;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['UserView'];
        };
      };
      /** @description validation_failed */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemView'];
        };
      };
      /** @description service_key_required */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemView'];
        };
      };
      /** @description service_scope_required */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemView'];
        };
      };
      /** @description user_not_found */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemView'];
        };
      };
    };
  };
  ServiceUsersController_list: {
    parameters: {
      query?: {
        limit?: number;
        /** @description The `nextCursor` of the page before. */
        cursor?: string;
        state?: 'live' | 'ended' | 'all';
      };
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['SessionListView'];
        };
      };
      /** @description validation_failed */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemView'];
        };
      };
      /** @description service_key_required */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemView'];
        };
      };
      /** @description service_scope_required */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemView'];
        };
      };
      /** @description user_not_found */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemView'];
        };
      };
      /** @description uri_too_long */
      414: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemView'];
        };
      };
    };
  };
  ServiceUsersController_endAll: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['EndedCountView'];
        };
      };
      /** @description bad_request */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemView'];
        };
      };
      /** @description service_key_required */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemView'];
        };
      };
      /** @description service_scope_required */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemView'];
        };
      };
      /** @description user_not_found */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemView'];
        };
      };
      /** @description uri_too_long */
      414: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemView'];
        };
      };
    };
  };
  AdminUsersController_list: {
    parameters: {
      query?: {
        limit?: number;
        /** @description The `nextCursor` of the page before. */
        cursor?: string;
        /** @description Part of a username, display name, e-mail or mobile, without regard to case. A page may be short, even empty, while there is a `nextCursor`: a request reads at most 20,000 people. */
        query?: string;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['AdminUserListView'];
        };
      };
      /** @description validation_failed */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemView'];
        };
      };
      /** @description authentication_required, invalid_token or session_<endReason> */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['SessionEndedProblemView'];
        };
      };
      /** @description admin_required or fresh_proof_required */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemView'];
        };
      };
    };
  };
  AdminUsersController_find: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['AdminUserDetailView'];
        };
      };
      /** @description bad_request */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemView'];
        };
      };
      /** @description authentication_required, invalid_token or session_<endReason> */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['SessionEndedProblemView'];
        };
      };
      /** @description admin_required or fresh_proof_required */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemView'];
        };
      };
      /** @description user_not_found */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemView'];
        };
      };
      /** @description uri_too_long */
      414: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemView'];
        };
      };
    };
  };
  AdminUsersController_edit: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['EditUserDto'];
      };
    };
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['AdminUserView'];
        };
      };
      /** @description validation_failed */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemView'];
        };
      };
      /** @description authentication_required, invalid_token or session_<endReason> */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['SessionEndedProblemView'];
        };
      };
      /** @description admin_required or fresh_proof_required */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemView'];
        };
      };
      /** @description user_not_found */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemView'];
        };
      };
      /** @description own_account */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemView'];
        };
      };
      /** @description uri_too_long */
      414: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemView'];
        };
      };
    };
  };
  AdminUsersController_endSessions: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['EndedCountView'];
        };
      };
      /** @description bad_request */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemView'];
        };
      };
      /** @description authentication_required, invalid_token or session_<endReason> */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['SessionEndedProblemView'];
        };
      };
      /** @description admin_required or fresh_proof_required */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemView'];
        };
      };
      /** @description user_not_found */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemView'];
        };
      };
      /** @description uri_too_long */
      414: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemView'];
        };
      };
    };
  };
  AdminRecoveryController_create: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      201: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['RecoveryLinkView'];
        };
      };
      /** @description bad_request */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemView'];
        };
      };
      /** @description authentication_required, invalid_token or session_<endReason> */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['SessionEndedProblemView'];
        };
      };
      /** @description admin_required, fresh_proof_required or user_locked */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemView'];
        };
      };
      /** @description user_not_found */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemView'];
        };
      };
      /** @description own_account */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemView'];
        };
      };
      /** @description uri_too_long */
      414: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemView'];
        };
      };
    };
  };
  AdminSessionsController_list: {
    parameters: {
      query?: {
        limit?: number;
        /** @description The `nextCursor` of the page before. */
        cursor?: string;
        state?: 'live' | 'ended' | 'all';
        userId?: string;
        /** @description The address of the login, written in any way. */
        ip?: string;
        deviceClass?: 'desktop' | 'mobile' | 'tablet' | 'tv' | 'bot' | 'other';
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['SessionListView'];
        };
      };
      /** @description validation_failed */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemView'];
        };
      };
      /** @description authentication_required, invalid_token or session_<endReason> */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['SessionEndedProblemView'];
        };
      };
      /** @description admin_required or fresh_proof_required */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemView'];
        };
      };
    };
  };
  AdminSessionsController_end: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      204: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description bad_request */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemView'];
        };
      };
      /** @description authentication_required, invalid_token or session_<endReason> */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['SessionEndedProblemView'];
        };
      };
      /** @description admin_required or fresh_proof_required */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemView'];
        };
      };
      /** @description session_not_found */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemView'];
        };
      };
      /** @description uri_too_long */
      414: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemView'];
        };
      };
    };
  };
  AdminPoliciesController_find: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['PolicyInForceView'];
        };
      };
      /** @description bad_request, invalid_json or invalid_encoding */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemView'];
        };
      };
      /** @description authentication_required, invalid_token or session_<endReason> */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['SessionEndedProblemView'];
        };
      };
      /** @description admin_required or fresh_proof_required */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemView'];
        };
      };
    };
  };
  AdminPoliciesController_put: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['PolicyDto'];
      };
    };
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['PolicyInForceView'];
        };
      };
      /** @description validation_failed */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemView'];
        };
      };
      /** @description authentication_required, invalid_token or session_<endReason> */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['SessionEndedProblemView'];
        };
      };
      /** @description admin_required or fresh_proof_required */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemView'];
        };
      };
    };
  };
  AdminPoliciesController_remove: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      204: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description bad_request, invalid_json or invalid_encoding */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemView'];
        };
      };
      /** @description authentication_required, invalid_token or session_<endReason> */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['SessionEndedProblemView'];
        };
      };
      /** @description admin_required or fresh_proof_required */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemView'];
        };
      };
    };
  };
  AdminPoliciesController_findOfRole: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        role: 'user' | 'admin';
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['PolicyInForceView'];
        };
      };
      /** @description validation_failed */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemView'];
        };
      };
      /** @description authentication_required, invalid_token or session_<endReason> */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['SessionEndedProblemView'];
        };
      };
      /** @description admin_required or fresh_proof_required */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemView'];
        };
      };
      /** @description uri_too_long */
      414: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemView'];
        };
      };
    };
  };
  AdminPoliciesController_putOfRole: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        role: 'user' | 'admin';
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['PolicyDto'];
      };
    };
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['PolicyInForceView'];
        };
      };
      /**
       * @description validation_failed
       *
       *     validation_failed
       */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemView'];
        };
      };
      /** @description authentication_required, invalid_token or session_<endReason> */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['SessionEndedProblemView'];
        };
      };
      /** @description admin_required or fresh_proof_required */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemView'];
        };
      };
      /** @description uri_too_long */
      414: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemView'];
        };
      };
    };
  };
  AdminPoliciesController_removeOfRole: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        role: 'user' | 'admin';
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      204: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description validation_failed */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemView'];
        };
      };
      /** @description authentication_required, invalid_token or session_<endReason> */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['SessionEndedProblemView'];
        };
      };
      /** @description admin_required or fresh_proof_required */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemView'];
        };
      };
      /** @description uri_too_long */
      414: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemView'];
        };
      };
    };
  };
  AdminPoliciesController_findOfUser: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['PolicyInForceView'];
        };
      };
      /** @description bad_request */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemView'];
        };
      };
      /** @description authentication_required, invalid_token or session_<endReason> */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['SessionEndedProblemView'];
        };
      };
      /** @description admin_required or fresh_proof_required */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemView'];
        };
      };
      /** @description user_not_found */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemView'];
        };
      };
      /** @description uri_too_long */
      414: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemView'];
        };
      };
    };
  };
  AdminPoliciesController_putOfUser: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['PolicyDto'];
      };
    };
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['PolicyInForceView'];
        };
      };
      /**
       * @description bad_request
       *
       *     validation_failed
       */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemView'];
        };
      };
      /** @description authentication_required, invalid_token or session_<endReason> */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['SessionEndedProblemView'];
        };
      };
      /** @description admin_required or fresh_proof_required */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemView'];
        };
      };
      /** @description user_not_found */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemView'];
        };
      };
      /** @description uri_too_long */
      414: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemView'];
        };
      };
    };
  };
  AdminPoliciesController_removeOfUser: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      204: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description bad_request */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemView'];
        };
      };
      /** @description authentication_required, invalid_token or session_<endReason> */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['SessionEndedProblemView'];
        };
      };
      /** @description admin_required or fresh_proof_required */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemView'];
        };
      };
      /** @description user_not_found */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemView'];
        };
      };
      /** @description uri_too_long */
      414: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemView'];
        };
      };
    };
  };
  AdminAuditController_list: {
    parameters: {
      query?: {
        limit?: number;
        /** @description The `nextCursor` of the page before. */
        cursor?: string;
        /** @description Whom it concerns. */
        userId?: string;
        /** @description A user's id, `service:<name>` or `system`. */
        actor?: string;
        type?: string;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['AuditListView'];
        };
      };
      /** @description validation_failed */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemView'];
        };
      };
      /** @description authentication_required, invalid_token or session_<endReason> */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['SessionEndedProblemView'];
        };
      };
      /** @description admin_required or fresh_proof_required */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemView'];
        };
      };
    };
  };
  AdminAuditController_stats: {
    parameters: {
      query?: {
        hours?: number;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['StatsView'];
        };
      };
      /** @description validation_failed */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemView'];
        };
      };
      /** @description authentication_required, invalid_token or session_<endReason> */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['SessionEndedProblemView'];
        };
      };
      /** @description admin_required or fresh_proof_required */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemView'];
        };
      };
    };
  };
  RootSessionController_login: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['RootLoginDto'];
        'application/x-www-form-urlencoded': components['schemas']['RootLoginDto'];
      };
    };
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['RootLoginView'];
        };
      };
      /** @description Under `approve`: a live device is being asked. */
      202: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['PendingLoginView'];
        };
      };
      /** @description validation_failed */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemView'];
        };
      };
      /** @description invalid_credentials or service_key_required */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemView'];
        };
      };
      /** @description user_locked or service_scope_required */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemView'];
        };
      };
      /** @description user_not_found */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemView'];
        };
      };
      /** @description To a service, under `refuse` and `ask`, while a session is live. */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['LegacyAnswerView'];
        };
      };
      /** @description too_many_attempts */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemView'];
        };
      };
      /** @description busy or store_unavailable */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemView'];
        };
      };
    };
  };
  RootSessionController_followLogout: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['RootLogoutView'];
        };
      };
      /** @description bad_request, invalid_json or invalid_encoding */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemView'];
        };
      };
      /** @description cross_origin or host_not_allowed */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemView'];
        };
      };
    };
  };
  RootSessionController_logout: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['RootLogoutDto'];
        'application/x-www-form-urlencoded': components['schemas']['RootLogoutDto'];
      };
    };
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['RootLogoutView'];
        };
      };
      /** @description validation_failed */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemView'];
        };
      };
      /** @description authentication_required, service_key_required, invalid_token or session_<endReason> */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemView'];
        };
      };
      /** @description service_scope_required */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemView'];
        };
      };
      /** @description session_not_found */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemView'];
        };
      };
    };
  };
  UserSessionManagementController_create: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['LegacyPersonDto'];
        'application/x-www-form-urlencoded': components['schemas']['LegacyPersonDto'];
      };
    };
    responses: {
      201: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['CreatedUserView'];
        };
      };
      /** @description validation_failed */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemView'];
        };
      };
      /** @description service_key_required */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemView'];
        };
      };
      /** @description service_scope_required */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemView'];
        };
      };
      /** @description mobile_taken */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemView'];
        };
      };
    };
  };
  UserSessionManagementController_find: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        mobile: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['LegacyDetailsView'];
        };
      };
      /** @description bad_request, invalid_json or invalid_encoding */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemView'];
        };
      };
      /** @description service_key_required */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemView'];
        };
      };
      /** @description service_scope_required */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemView'];
        };
      };
      /** @description user_not_found */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemView'];
        };
      };
      /** @description uri_too_long */
      414: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemView'];
        };
      };
    };
  };
  UserSessionManagementController_invalidate: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['InvalidateDto'];
        'application/x-www-form-urlencoded': components['schemas']['InvalidateDto'];
      };
    };
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['LegacyAnswerView'];
        };
      };
      /** @description validation_failed or session_already_invalid */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemView'];
        };
      };
      /** @description service_key_required, authentication_required, invalid_token or session_<endReason> */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['SessionEndedProblemView'];
        };
      };
      /** @description service_scope_required */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemView'];
        };
      };
      /** @description session_not_found */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemView'];
        };
      };
    };
  };
  ExpressPracticeController_welcome: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['WelcomeView'];
        };
      };
      /** @description bad_request, invalid_json or invalid_encoding */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemView'];
        };
      };
    };
  };
  ExpressPracticeController_status: {
    parameters: {
      query: {
        sessionId: string;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['EarlierSessionView'];
        };
      };
      /** @description validation_failed */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemView'];
        };
      };
      /** @description service_key_required, authentication_required, invalid_token or session_<endReason> */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['SessionEndedProblemView'];
        };
      };
      /** @description service_scope_required */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemView'];
        };
      };
      /** @description session_not_found */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemView'];
        };
      };
    };
  };
  ExpressPracticeController_update: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['SessionIdDto'];
        'application/x-www-form-urlencoded': components['schemas']['SessionIdDto'];
      };
    };
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['RenewedView'];
        };
      };
      /** @description validation_failed */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemView'];
        };
      };
      /** @description service_key_required, authentication_required, invalid_token or session_<endReason> */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['SessionEndedProblemView'];
        };
      };
      /** @description service_scope_required */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemView'];
        };
      };
      /** @description session_not_found */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemView'];
        };
      };
    };
  };
  ExpressPracticeController_all: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['EarlierSessionView'][];
        };
      };
      /** @description bad_request, invalid_json or invalid_encoding */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemView'];
        };
      };
      /** @description service_key_required, authentication_required, invalid_token or session_<endReason> */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['SessionEndedProblemView'];
        };
      };
      /** @description service_scope_required */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemView'];
        };
      };
    };
  };
  'ExpressPracticeController_allCurrent[0]': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['EarlierSessionView'][];
        };
      };
      /** @description bad_request, invalid_json or invalid_encoding */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemView'];
        };
      };
      /** @description service_key_required, authentication_required, invalid_token or session_<endReason> */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['SessionEndedProblemView'];
        };
      };
      /** @description service_scope_required */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemView'];
        };
      };
    };
  };
  'ExpressPracticeController_allCurrent[1]': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['EarlierSessionView'][];
        };
      };
      /** @description bad_request, invalid_json or invalid_encoding */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemView'];
        };
      };
      /** @description service_key_required, authentication_required, invalid_token or session_<endReason> */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['SessionEndedProblemView'];
        };
      };
      /** @description service_scope_required */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemView'];
        };
      };
    };
  };
  'ExpressPracticeController_deleteAll[0]': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['EndedAllView'];
        };
      };
      /** @description bad_request, invalid_json or invalid_encoding */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemView'];
        };
      };
      /** @description service_key_required, authentication_required, invalid_token or session_<endReason> */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['SessionEndedProblemView'];
        };
      };
      /**
       * @description service_scope_required
       *
       *     service_scope_required or fresh_proof_required
       *
       *     fresh_proof_required
       */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemView'];
        };
      };
    };
  };
  'ExpressPracticeController_deleteAll[1]': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['EndedAllView'];
        };
      };
      /** @description bad_request, invalid_json or invalid_encoding */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemView'];
        };
      };
      /** @description service_key_required, authentication_required, invalid_token or session_<endReason> */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['SessionEndedProblemView'];
        };
      };
      /**
       * @description service_scope_required
       *
       *     service_scope_required or fresh_proof_required
       *
       *     fresh_proof_required
       */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemView'];
        };
      };
    };
  };
  FlaskSessionsController_register: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['RegisterDto'];
      };
    };
    responses: {
      201: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['RegisteredView'];
        };
      };
      /** @description validation_failed */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemView'];
        };
      };
      /** @description username_taken or email_taken */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemView'];
        };
      };
      /** @description too_many_attempts */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemView'];
        };
      };
      /** @description busy or store_unavailable */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemView'];
        };
      };
    };
  };
  FlaskSessionsController_protected: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ProtectedView'];
        };
      };
      /** @description bad_request, invalid_json or invalid_encoding */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemView'];
        };
      };
      /** @description authentication_required, invalid_token or session_<endReason> */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['SessionEndedProblemView'];
        };
      };
    };
  };
  SessionTrackingController_list: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        session_id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ActivityView'][];
        };
      };
      /** @description bad_request */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemView'];
        };
      };
      /** @description service_key_required, authentication_required, invalid_token or session_<endReason> */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['SessionEndedProblemView'];
        };
      };
      /** @description service_scope_required */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemView'];
        };
      };
      /** @description session_not_found */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemView'];
        };
      };
      /** @description uri_too_long */
      414: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemView'];
        };
      };
    };
  };
  SessionTrackingController_record: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        session_id: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['RecordActivityDto'];
      };
    };
    responses: {
      201: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ActivityView'];
        };
      };
      /** @description validation_failed */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemView'];
        };
      };
      /** @description service_key_required, authentication_required, invalid_token or session_<endReason> */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['SessionEndedProblemView'];
        };
      };
      /** @description service_scope_required */
      403: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemView'];
        };
      };
      /** @description session_not_found */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemView'];
        };
      };
      /** @description uri_too_long */
      414: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemView'];
        };
      };
      /** @description too_many_requests */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemView'];
        };
      };
    };
  };
  MessengerAccessController_signUp: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['SignUpDto'];
      };
    };
    responses: {
      201: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['MessengerUserView'];
        };
      };
      /** @description validation_failed or invalid_device */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemView'];
        };
      };
      /** @description email_taken */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemView'];
        };
      };
      /** @description too_many_attempts */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemView'];
        };
      };
      /** @description busy or store_unavailable */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemView'];
        };
      };
    };
  };
  MessengerAccessController_logIn: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['MessengerLoginDto'];
      };
    };
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['MessengerUserView'];
        };
      };
      /** @description Under `approve`: a live device is being asked. */
      202: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['PendingLoginView'];
        };
      };
      /** @description validation_failed or invalid_device */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemView'];
        };
      };
      /** @description invalid_credentials */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemView'];
        };
      };
      /** @description session_limit_reached */
      409: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemView'];
        };
      };
      /** @description too_many_attempts */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemView'];
        };
      };
      /** @description busy or store_unavailable */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemView'];
        };
      };
    };
  };
  MessengerAccessController_logOut: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['LoggedOutView'];
        };
      };
      /** @description bad_request, invalid_json or invalid_encoding */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemView'];
        };
      };
    };
  };
  MessengerAccessController_updateProfile: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['UpdateProfileDto'];
      };
    };
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['MessengerUserView'];
        };
      };
      /** @description bad_request or validation_failed */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemView'];
        };
      };
      /** @description authentication_required, invalid_token or session_<endReason> */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['SessionEndedProblemView'];
        };
      };
      /** @description body_too_large */
      413: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemView'];
        };
      };
      /** @description unsupported_image or unsupported_media_type */
      415: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemView'];
        };
      };
      /** @description invalid_image or image_too_large */
      422: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemView'];
        };
      };
      /** @description too_many_requests */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemView'];
        };
      };
      /** @description busy, image_storage_unavailable or store_unavailable */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemView'];
        };
      };
    };
  };
  MessengerAccessController_check: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['MessengerUserView'];
        };
      };
      /** @description bad_request, invalid_json or invalid_encoding */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemView'];
        };
      };
      /** @description authentication_required, invalid_token or session_<endReason> */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['SessionEndedProblemView'];
        };
      };
    };
  };
  MessengerController_users: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['MessengerUserView'][];
        };
      };
      /** @description bad_request, invalid_json or invalid_encoding */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemView'];
        };
      };
      /** @description authentication_required, invalid_token or session_<endReason> */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['SessionEndedProblemView'];
        };
      };
    };
  };
  MessengerController_list: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['MessengerMessageView'][];
        };
      };
      /** @description bad_request */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemView'];
        };
      };
      /** @description authentication_required, invalid_token or session_<endReason> */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['SessionEndedProblemView'];
        };
      };
      /** @description uri_too_long */
      414: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemView'];
        };
      };
    };
  };
  MessengerController_send: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        id: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['SendDto'];
      };
    };
    responses: {
      201: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['MessengerMessageView'];
        };
      };
      /** @description bad_request or validation_failed */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemView'];
        };
      };
      /** @description authentication_required, invalid_token or session_<endReason> */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['SessionEndedProblemView'];
        };
      };
      /** @description user_not_found */
      404: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemView'];
        };
      };
      /** @description body_too_large */
      413: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemView'];
        };
      };
      /** @description uri_too_long */
      414: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemView'];
        };
      };
      /** @description unsupported_image or unsupported_media_type */
      415: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemView'];
        };
      };
      /** @description invalid_image or image_too_large */
      422: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemView'];
        };
      };
      /** @description too_many_messages */
      429: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemView'];
        };
      };
      /** @description busy, image_storage_unavailable or store_unavailable */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemView'];
        };
      };
    };
  };
  HealthController_live: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['HealthView'];
        };
      };
      /** @description bad_request, invalid_json or invalid_encoding */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemView'];
        };
      };
    };
  };
  HealthController_ready: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['HealthView'];
        };
      };
      /** @description bad_request, invalid_json or invalid_encoding */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemView'];
        };
      };
      /** @description store_unavailable */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemView'];
        };
      };
    };
  };
  MetricsController_read: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'text/plain': string;
        };
      };
      /** @description bad_request, invalid_json or invalid_encoding */
      400: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemView'];
        };
      };
      /** @description metrics_token_required */
      401: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/problem+json': components['schemas']['ProblemView'];
        };
      };
    };
  };
}

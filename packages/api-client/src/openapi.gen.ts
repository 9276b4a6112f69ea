// Made by "pnpm generate"; change the definitions instead.

export interface paths {
    "/register": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Registers a user
         * @description Where mail is on, the answer does not tell whether the address has an account already: it is the same, and the owner of the address gets a mail. Where mail is off, it is 409 then.
         */
        post: operations["register"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/login": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Logs in with e-mail address and password
         * @description The bare access token comes as plain text for `Accept: text/plain`; its session cannot be refreshed.
         */
        post: operations["login"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/.well-known/jwks.json": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The public keys that verify access tokens (RFC 7517)
         * @description The list is empty while tokens are signed with a shared secret (HS256).
         */
        get: operations["jwks"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/refresh": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Exchanges a refresh token for an access token and the next refresh token
         * @description Each refresh token is good for one use. When one is used again, its session ends: somebody else has it. A client that did not receive the answer may repeat the request within 30 seconds.
         */
        post: operations["refresh"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/logout": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Ends the access token's session
         * @description Its refresh token is worthless at once, access tokens within minutes.
         *
         *     Needs the scope `account`.
         */
        post: operations["logout"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/account/sessions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Where the user is logged in, last used first
         * @description Needs the scope `account`.
         */
        get: operations["listSessions"];
        put?: never;
        post?: never;
        /**
         * Logs out everywhere, this session included
         * @description API keys go on; revoke them one by one.
         *
         *     Needs the scope `account`.
         */
        delete: operations["endSessions"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/account/sessions/{id}": {
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
         * Ends one session
         * @description Needs the scope `account`.
         */
        delete: operations["endSession"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/account/api-keys": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The user's API keys, newest first
         * @description Needs the scope `account`.
         */
        get: operations["listApiKeys"];
        put?: never;
        /**
         * Creates an API key for a program
         * @description The answer shows the key this once. Send it as `Authorization: Bearer jackalope_...`. A user can have 25 keys.
         *
         *     Needs the scope `account`.
         */
        post: operations["createApiKey"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/account/api-keys/{id}": {
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
         * Revokes an API key
         * @description It is refused within a minute.
         *
         *     Needs the scope `account`.
         */
        delete: operations["revokeApiKey"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/account/webhooks": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The user's webhooks, oldest first
         * @description Needs the scope `account`.
         */
        get: operations["listWebhooks"];
        put?: never;
        /**
         * Registers an endpoint that is told of the ends of jobs
         * @description Requests are signed as Standard Webhooks describes (`webhook-id`, `webhook-timestamp`, `webhook-signature`). Answer with a status of 200 to 299 within 15 seconds. The answer shows the secret this once. A user can have 10 webhooks.
         *
         *     Needs the scope `account`.
         */
        post: operations["createWebhook"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/account/webhooks/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One webhook
         * @description Needs the scope `account`.
         */
        get: operations["getWebhook"];
        put?: never;
        post?: never;
        /**
         * Deletes a webhook with its deliveries
         * @description Needs the scope `account`.
         */
        delete: operations["deleteWebhook"];
        options?: never;
        head?: never;
        /**
         * Changes, disables or enables a webhook
         * @description What is disabled gets nothing, and what was on its way to it fails. Events meanwhile are not made up for.
         *
         *     Needs the scope `account`.
         */
        patch: operations["changeWebhook"];
        trace?: never;
    };
    "/account/webhooks/{id}/secret": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Gives a webhook a new secret
         * @description Requests bear signatures of both secrets until `overlapHours` are over; a secret before that one ends at once.
         *
         *     Needs the scope `account`.
         */
        post: operations["rotateWebhookSecret"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/account/webhooks/{id}/test": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Sends a test event, `webhook.test`
         * @description Needs the scope `account`.
         */
        post: operations["testWebhook"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/account/webhooks/{id}/deliveries": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What was sent to a webhook in the last 30 days, newest first
         * @description Needs the scope `account`.
         */
        get: operations["listDeliveries"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/account/webhooks/{id}/deliveries/{deliveryId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One delivery, with its payload and its attempts
         * @description Needs the scope `account`.
         */
        get: operations["getDelivery"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/account/webhooks/{id}/deliveries/{deliveryId}/replay": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Sends a delivery again, with all its attempts
         * @description It has the same `webhook-id`: a receiver that drops what it knows drops it.
         *
         *     Needs the scope `account`.
         */
        post: operations["replayDelivery"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/account": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The own account
         * @description Needs the scope `account`.
         */
        get: operations["getAccount"];
        put?: never;
        post?: never;
        /**
         * Deletes the own account with all jobs and files
         * @description It takes effect at once, and cannot be undone. Jobs and files are removed within minutes.
         *
         *     Needs the scope `account`.
         */
        delete: operations["deleteAccount"];
        options?: never;
        head?: never;
        /**
         * Changes which mails come, and in which language
         * @description Needs the scope `account`.
         */
        patch: operations["changeAccount"];
        trace?: never;
    };
    "/account/password": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Changes the password
         * @description All other sessions end. API keys stay.
         *
         *     Needs the scope `account`.
         */
        post: operations["changePassword"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/account/email": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Changes the e-mail address
         * @description The new address gets a mail with a link, which is good for a day; the account keeps its old address until then. The answer does not tell whether another account has the address. An installation that sends no mail changes it at once.
         *
         *     Needs the scope `account`.
         */
        post: operations["changeEmail"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/account/email/confirm": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Confirms a new e-mail address */
        post: operations["confirmEmail"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/verify-email": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Page of the link that confirms the address of a new account */
        get: operations["showVerifyEmail"];
        put?: never;
        /**
         * Confirms the e-mail address of a new account
         * @description Access tokens that were issued before do not know it yet: refresh them.
         */
        post: operations["verifyEmail"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/verify-email/resend": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Sends the mail with the link once more
         * @description Not when the address has got many mails already: three in an hour, or ten in a day.
         *
         *     Needs the scope `account`.
         */
        post: operations["resendVerification"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/password-reset": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Sends a link with which a new password can be chosen
         * @description The answer is the same for addresses that have no account. The link is good for an hour.
         */
        post: operations["requestPasswordReset"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/password-reset/confirm": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Sets a new password
         * @description All sessions end, and all API keys are revoked: they may be of whoever knew the old password. The address counts as verified.
         */
        post: operations["resetPassword"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/account/audit": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What was done to the own account, newest first
         * @description Needs the scope `account`.
         */
        get: operations["listAudit"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/users": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The users, newest first
         * @description Needs the scope `account`, and the role `admin`.
         */
        get: operations["listUsers"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/users/{id}/lock": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Locks an account
         * @description Its sessions end, and its user can neither log in nor use API keys. Access tokens that were issued before stay good until they expire, for ten minutes at most by default. Locking a locked account changes nothing.
         *
         *     Needs the scope `account`, and the role `admin`.
         */
        post: operations["lockUser"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/users/{id}/unlock": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Unlocks an account
         * @description Needs the scope `account`, and the role `admin`.
         */
        post: operations["unlockUser"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/audit": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What was done to all accounts, newest first
         * @description Needs the scope `account`, and the role `admin`.
         */
        get: operations["listAuditLog"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/session": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Who is signed in with this browser */
        get: operations["getSession"];
        put?: never;
        /**
         * Signs a browser in: it gets a cookie
         * @description For pages of this service. Anything else gets 403 `cross-site-request`: the browser must send `Sec-Fetch-Site: same-origin` or, if it does not know that header, our `Origin`. The session that the browser had ends.
         */
        post: operations["startSession"];
        /**
         * Signs the browser out
         * @description For pages of this service. Anything else gets 403 `cross-site-request`: the browser must send `Sec-Fetch-Site: same-origin` or, if it does not know that header, our `Origin`.
         */
        delete: operations["stopSession"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/session/guest": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Lets somebody try the service without an account
         * @description For pages of this service. Anything else gets 403 `cross-site-request`: the browser must send `Sec-Fetch-Site: same-origin` or, if it does not know that header, our `Origin`. A guest has small limits (`GET /service`), and cannot come back with another browser. `POST /register` makes an account of a guest: it has his jobs and files, and he signs in again.
         */
        post: operations["startGuestSession"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/service": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What this installation offers: formats, limits, how long files are kept */
        get: operations["getService"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/account/usage": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What the user has stored and in work, and may have
         * @description Needs the scope `jobs:read`.
         */
        get: operations["getAccountUsage"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/account/export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * All that is known about the own account, as one JSON document
         * @description It counts as a download. Audio files are not in it: `GET /download` gives each by the `audioId` of its job.
         *
         *     Needs the scope `account`.
         */
        get: operations["exportAccount"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/upload": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Uploads a video, and converts it
         * @description Send a form with the video in the field `file`, or the video itself as the body. What the audio is to be are further fields of the form, or parameters of the query; an unknown one is refused. With `Expect: 100-continue` a refusal comes before the body.
         *
         *     Needs the scope `jobs:write`.
         */
        post: operations["upload"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/upload/{fileName}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Uploads a video as the body, and converts it
         * @description For programs: `curl -T video.mp4 .../upload/` does this. Each upload makes a job of its own.
         *
         *     Needs the scope `jobs:write`.
         */
        put: operations["uploadFile"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/uploads": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Begins an upload that can be resumed
         * @description The protocol [tus 1.0.0](https://tus.io/protocols/resumable-upload) with creation, creation-with-upload, termination, checksum and expiration; its clients, such as tus-js-client, work. The metadata `filename` and `filetype` describe the video; the options of the conversion are metadata, too, such as `format`. An upload may be resumed for a day, at any replica.
         *
         *     Needs the scope `jobs:write`.
         */
        post: operations["createUpload"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/uploads/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * How far an upload is
         * @description `HEAD` is for clients of tus, `GET` for everybody else.
         *
         *     Needs the scope `jobs:write`.
         */
        get: operations["getUpload"];
        put?: never;
        post?: never;
        /**
         * Gives an upload up
         * @description Needs the scope `jobs:write`.
         */
        delete: operations["deleteUpload"];
        options?: never;
        head?: never;
        /**
         * Goes on with an upload
         * @description The answer to the last bytes names the job that converts the video.
         *
         *     Needs the scope `jobs:write`.
         */
        patch: operations["appendToUpload"];
        trace?: never;
    };
    "/jobs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The user's jobs, newest first
         * @description One request looks at 1,000 jobs at most. A page with a filter may so have fewer jobs than `limit`, or none; as long as there is `next`, there may be more.
         *
         *     Needs the scope `jobs:read`.
         */
        get: operations["listJobs"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/jobs/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One job
         * @description With `wait` the answer comes at the next change of the state, or when the time is over.
         *
         *     Needs the scope `jobs:read`.
         */
        get: operations["getJob"];
        put?: never;
        post?: never;
        /**
         * Deletes a job with its video and its audio; a running conversion is canceled
         * @description Needs the scope `jobs:write`.
         */
        delete: operations["deleteJob"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/jobs/{id}/cancel": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Cancels a job, also while it runs
         * @description A running conversion stops within seconds. A job that is canceled already is answered in the same way.
         *
         *     Needs the scope `jobs:write`.
         */
        post: operations["cancelJob"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/jobs/{id}/retry": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Converts the video of a failed or canceled job again
         * @description Needs the scope `jobs:write`.
         */
        post: operations["retryJob"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/jobs/{id}/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What happens to one job, as server-sent events
         * @description Kinds: `snapshot` (first, and whenever events may have been missed), `state`, `progress`, `deleted`. A comment comes every 15 seconds. The stream ends with the access token, after 15 minutes at the latest. It also ends when the job ends. The last event has an id that ends with `.end`: a client that comes back with it gets 204, and must not come again.
         *
         *     Needs the scope `jobs:read`.
         */
        get: operations["watchJob"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What happens to all of the user's jobs, as server-sent events
         * @description Kinds: `snapshot` (first, and whenever events may have been missed), `state`, `progress`, `deleted`. A comment comes every 15 seconds. The stream ends with the access token, after 15 minutes at the latest. The snapshot is the first page of `GET /jobs`.
         *
         *     Needs the scope `jobs:read`.
         */
        get: operations["watchJobs"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/jobs/{id}/audio": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The audio of a completed job
         * @description Needs the scope `files:read`.
         */
        get: operations["getJobAudio"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/jobs/{id}/audio/link": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * A link to the audio that works without logging in
         * @description Whoever has the link can use it until it expires, or the job is deleted.
         *
         *     Needs the scope `files:read`.
         */
        post: operations["createAudioLink"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/files/{audioId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** An audio file, by its signed link */
        get: operations["getSignedFile"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/download": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * An audio file by its id
         * @description Needs the scope `files:read`.
         */
        get: operations["download"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/downloads/zip": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The audio of several jobs as one ZIP archive
         * @description The files are stored as they are, one after the other, in the order of the query. Two of the same name are told apart: `song (2).mp3`. The whole is refused if the audio of one job is not there; `job` in the problem names it. If a file is deleted while it is sent, the connection breaks: the archive is shorter than its `Content-Length`.
         *
         *     Needs the scope `files:read`.
         */
        get: operations["downloadZip"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/queues": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * All queues of the service, with their workers
         * @description What a server does not tell in time is missing: `unreadable` of the queue says so.
         *
         *     Needs the scope `account`, and the role `admin`.
         */
        get: operations["listQueues"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/dead-letters": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * A page of the dead letters of a queue, oldest first
         * @description Reads the whole queue of dead letters: 100,000 of them took 5 to 10 seconds.
         *
         *     Needs the scope `account`, and the role `admin`.
         */
        get: operations["listDeadLetters"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/dead-letters/{queue}/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The dead letters of one job, with its data and errors
         * @description Needs the scope `account`, and the role `admin`.
         */
        get: operations["getDeadLetter"];
        put?: never;
        post?: never;
        /**
         * Removes the dead letters of one job for good
         * @description The job's record stays as it is.
         *
         *     Needs the scope `account`, and the role `admin`.
         */
        delete: operations["removeDeadLetter"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/dead-letters/{queue}/{id}/replay": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Runs a dead job again, with all its attempts
         * @description A conversion begins a new round, as when its owner tries it again: its end is told anew. The letter is removed when the job is in line. It stays if the job has moved on.
         *
         *     Needs the scope `account`, and the role `admin`.
         */
        post: operations["replayDeadLetter"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/storage": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What the stores hold, how long for, and what the upkeep did
         * @description Files are counted by the upkeep, and not by this request: `countedAt` says when.
         *
         *     Needs the scope `account`, and the role `admin`.
         */
        get: operations["getStorage"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/storage/upkeep": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Has the upkeep run now
         * @description Asked for again before it has run, it runs once.
         *
         *     Needs the scope `account`, and the role `admin`.
         */
        post: operations["requestUpkeep"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/failures": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Conversions that stand as failed, by reason
         * @description Those of the last 30 days, as the upkeep counted them last. A conversion that was tried again and completed, or deleted, is none.
         *
         *     Needs the scope `account`, and the role `admin`.
         */
        get: operations["listFailures"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/usage": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What users store and have in work
         * @description The users that are named, or those who store most, in the order of the last count: 1,000 at most.
         *
         *     Needs the scope `account`, and the role `admin`.
         */
        get: operations["listUsage"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/forms/verify-email": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Form of that page */
        post: operations["sendVerifyEmail"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/confirm-email": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Page of the link that confirms a new address */
        get: operations["showConfirmEmail"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/forms/confirm-email": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Form of that page */
        post: operations["sendConfirmEmail"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/reset-password": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Page of the link with which a new password is chosen */
        get: operations["showResetPassword"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/forms/reset-password": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Form of that page */
        post: operations["sendResetPassword"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/unsubscribe": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Page of the link that ends mails about jobs */
        get: operations["showUnsubscribe"];
        put?: never;
        /**
         * Ends mails about jobs: form of that page, and the one click of mail programs (RFC 8058)
         * @description The body, such as `List-Unsubscribe=One-Click`, is not looked at.
         */
        post: operations["unsubscribe"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/plain": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The service for browsers without JavaScript: sign in, upload, own jobs */
        get: operations["showPlain"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/plain/sign-in": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Form of that page: begins a session */
        post: operations["plainSignIn"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/plain/guest": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Form of that page: begins a session as a guest */
        post: operations["plainGuest"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/plain/sign-out": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Form of that page: ends the session */
        post: operations["plainSignOut"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/plain/upload": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Form of that page: uploads a video, and converts it */
        post: operations["plainUpload"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/openapi.json": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** This document (OpenAPI 3.1) */
        get: operations["getOpenapi"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/docs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** This document, for people */
        get: operations["viewDocs"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/docs/problems": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What each code of a problem means
         * @description The `type` of a problem leads to its place on this page.
         */
        get: operations["viewProblems"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/docs/{asset}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A script or style of the pages */
        get: operations["getDocsAsset"];
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
        /** @description What is wrong with a request, and what can be done about it (RFC 9457). */
        Problem: {
            /**
             * Format: uri-reference
             * @description Page that explains the code.
             */
            type: string;
            /** @description The status code's phrase. */
            title: string;
            status: number;
            /** @description What is wrong with this request, for people. */
            detail?: string;
            /** @description What is wrong, for programs. */
            code: string;
            /** @description Id to quote in a report; the log has it too. */
            requestId: string;
            /** @description Of `invalid-fields`: what is wrong with each member of the body. */
            errors?: {
                field: string;
                detail: string;
            }[];
        };
        Webhook: {
            id: string;
            url: string;
            events: ("job.completed" | "job.failed" | "job.canceled")[];
            description?: string;
            enabled: boolean;
            /** Format: date-time */
            disabledAt?: string;
            /** @enum {string} */
            disabledReason?: "owner" | "failing" | "gone";
            /**
             * Format: date-time
             * @description First failure since the last success. Absent while deliveries succeed.
             */
            failingSince?: string;
            /**
             * Format: date-time
             * @description Until then nothing is sent: the receiver asked for it by `Retry-After`, with a 429 or 503.
             */
            pausedUntil?: string;
            /** Format: date-time */
            createdAt: string;
            /**
             * Format: date-time
             * @description Until then the secret before signs, too.
             */
            oldSecretExpiresAt?: string;
        };
        CreatedWebhook: {
            id: string;
            url: string;
            events: ("job.completed" | "job.failed" | "job.canceled")[];
            description?: string;
            enabled: boolean;
            /** Format: date-time */
            disabledAt?: string;
            /** @enum {string} */
            disabledReason?: "owner" | "failing" | "gone";
            /**
             * Format: date-time
             * @description First failure since the last success. Absent while deliveries succeed.
             */
            failingSince?: string;
            /**
             * Format: date-time
             * @description Until then nothing is sent: the receiver asked for it by `Retry-After`, with a 429 or 503.
             */
            pausedUntil?: string;
            /** Format: date-time */
            createdAt: string;
            /**
             * Format: date-time
             * @description Until then the secret before signs, too.
             */
            oldSecretExpiresAt?: string;
            /** @description Key of the signatures (Standard Webhooks), `whsec_...`. It is shown this once. */
            secret: string;
        };
        WebhookDelivery: {
            id: string;
            /** @description `webhook-id` of its requests: the same at every attempt and every replay. */
            eventId: string;
            /** @enum {string} */
            type: "job.completed" | "job.failed" | "job.canceled" | "webhook.test";
            /** @enum {string} */
            state: "pending" | "delivered" | "failed";
            /** @description How often it was sent. */
            attempts: number;
            /** Format: date-time */
            createdAt: string;
            /** Format: date-time */
            lastAttemptAt?: string;
            /** @description Status of the last answer. Absent if there was none. */
            lastStatus?: number;
            /** @description Why the last attempt failed. */
            lastError?: string;
            /** @description `lastError` as data, if it is known. */
            explanation?: components["schemas"]["Explanation"];
        };
        /** @description The text beside it as data, for texts in other languages. */
        Explanation: {
            /** @description What is explained, such as "no-audio-track". Later versions may know more codes. */
            code: string;
            /** @description What the text is filled with: numbers in the unit that their name ends with, and names. */
            params: {
                [key: string]: string | number;
            };
        };
        WebhookDeliveryDetails: {
            id: string;
            /** @description `webhook-id` of its requests: the same at every attempt and every replay. */
            eventId: string;
            /** @enum {string} */
            type: "job.completed" | "job.failed" | "job.canceled" | "webhook.test";
            /** @enum {string} */
            state: "pending" | "delivered" | "failed";
            /** @description How often it was sent. */
            attempts: number;
            /** Format: date-time */
            createdAt: string;
            /** Format: date-time */
            lastAttemptAt?: string;
            /** @description Status of the last answer. Absent if there was none. */
            lastStatus?: number;
            /** @description Why the last attempt failed. */
            lastError?: string;
            /** @description `lastError` as data, if it is known. */
            explanation?: components["schemas"]["Explanation"];
            /** @description The body, as it is sent. */
            payload: {
                [key: string]: unknown;
            };
            /** @description The last 100 attempts, oldest first. */
            history: {
                /** Format: date-time */
                at: string;
                durationMs: number;
                /** @description Status of the answer. Absent if there was none. */
                status?: number;
                /** @description Why it failed. Absent if it succeeded. */
                error?: string;
                /** @description `error` as data, if it is known. */
                explanation?: components["schemas"]["Explanation"];
                /** @description Beginning of the answer, 1,000 characters at most. */
                response?: string;
            }[];
        };
        SessionUser: {
            id: string;
            /** @description Absent for a guest. */
            email?: string;
            roles: string[];
            /** @description Whether the address is confirmed, or need not be. Until then uploads are few. */
            verified: boolean;
            /** @description Whether this is a guest: without an account, an address, and a way back. */
            guest: boolean;
            /**
             * Format: date-time
             * @description Of a guest: when the session ends, and all files are removed.
             */
            expiresAt?: string;
        };
        ServiceInfo: {
            /** @description Whether anybody can register. */
            registration: boolean;
            /** @description Whether mails are sent. Without them addresses count as confirmed. */
            mail: boolean;
            /** @description Limits of guests; `null` if nobody can try without an account. */
            guests: {
                /** @description Largest file of a guest. */
                maxUploadBytes: number;
                /** @description Bytes that a guest may store. */
                maxStoredBytes: number;
                /** @description Jobs of a guest that have not ended. */
                maxOpenJobs: number;
                /** @description How long a guest and his files are kept, in seconds. */
                keptSeconds: number;
            } | null;
            /** @description What videos are converted to, the default first. */
            formats: ("mp3" | "m4a" | "opus" | "flac" | "wav")[];
            /** @description Largest file of a user. */
            maxUploadBytes: number;
            /** @description Limits of a user until the mail address is confirmed. */
            unverified: {
                /** @description Largest file. */
                maxUploadBytes: number;
                /** @description How many files a day. */
                uploadsPerDay: number;
            };
            retention: {
                /** @description How long uploaded files are kept after their jobs have ended, in seconds; `null` is for ever. */
                sourceSeconds: number | null;
                /** @description How long audio is kept, in seconds; `null` is for ever. */
                audioSeconds: number | null;
                /** @description How long jobs are listed whose files are gone, in seconds; `null` is for ever. */
                jobSeconds: number | null;
            };
        };
        AccountUsage: {
            /** @description Bytes of uploaded files and audio. */
            storedBytes: number;
            /** @description `null` is no limit. */
            maxStoredBytes: number | null;
            /** @description Jobs that have not ended, and uploads that go on. */
            openJobs: number;
            /** @description `null` is no limit. */
            maxOpenJobs: number | null;
        };
        Job: {
            id: string;
            /** @enum {string} */
            state: "waiting" | "active" | "delayed" | "completed" | "failed" | "canceled" | "expired" | "unknown";
            /** @description Percent, 0 to 100. */
            progress: number;
            /**
             * @description What the converter does at the moment.
             * @enum {string}
             */
            stage?: "fetching" | "converting" | "storing";
            /** @description Name of the uploaded file. */
            fileName: string;
            attemptsMade: number;
            /** @description How often the job is tried at most. */
            attempts: number;
            /** Format: date-time */
            createdAt: string;
            /**
             * Format: date-time
             * @description When the last attempt started.
             */
            startedAt?: string;
            /** Format: date-time */
            finishedAt?: string;
            /** @description Why the job, or its last attempt, failed. */
            error?: string;
            explanation?: components["schemas"]["Explanation"];
            /** @description The job cannot be converted at the moment for a reason of ours. It is tried again by itself, and loses no attempt. */
            waitingForUs?: {
                /**
                 * Format: date-time
                 * @description When the fault was met first.
                 */
                since: string;
                /**
                 * Format: date-time
                 * @description When the job is tried again. Absent while no converter takes jobs.
                 */
                nextAttemptAt?: string;
                /** @description How often the job has been put off. */
                pauses: number;
            };
            result?: {
                audioId: string;
                fileName: string;
                sizeBytes: number;
                durationSeconds: number;
                /**
                 * @default mp3
                 * @enum {string}
                 */
                format: "mp3" | "m4a" | "opus" | "flac" | "wav";
                /**
                 * @description Empty when the audio is whole.
                 * @default []
                 */
                warnings: components["schemas"]["ConversionWarning"][];
                /** @description Number of the track that was taken. */
                track?: number;
                /** @description SHA-256 of the audio file, in hexadecimal. */
                sha256?: string;
                /** @description The job that converted the same file with the same options before: its audio was taken. */
                sameAs?: string;
                /**
                 * @description The audio tracks of the file.
                 * @default []
                 */
                tracks: components["schemas"]["AudioTrack"][];
            };
            /** @description Of an expired job: when and why its audio was removed. */
            expired?: {
                /** Format: date-time */
                at: string;
                /** @description In words for the owner. */
                reason: string;
                explanation?: components["schemas"]["Explanation"];
            };
            /**
             * Format: date-time
             * @description When the uploaded file was removed. A job that failed cannot be tried again any more then.
             */
            sourceRemovedAt?: string;
        };
        ConversionWarning: {
            /**
             * @description What kind of warning it is.
             * @enum {string}
             */
            code: "damaged" | "incomplete" | "changed" | "tracks-skipped";
            /** @description In words for the owner. */
            text: string;
            explanation?: components["schemas"]["Explanation"];
            /** @description How much of the audio is missing or affected, in seconds. */
            seconds?: number;
        };
        AudioTrack: {
            /** @description 1 for the first audio track. */
            number: number;
            /** @description As ffmpeg names it, such as "aac". */
            codec: string;
            channels: number;
            language?: string;
            title?: string;
            /** @description What the track is besides a usual one, such as "commentary". */
            role?: string;
            isDefault?: boolean;
        };
        JobList: {
            jobs: components["schemas"]["Job"][];
            /** @description Address of the next page, if there is one. */
            next?: string;
        };
        JobDetails: {
            id: string;
            /** @enum {string} */
            state: "waiting" | "active" | "delayed" | "completed" | "failed" | "canceled" | "expired" | "unknown";
            /** @description Percent, 0 to 100. */
            progress: number;
            /**
             * @description What the converter does at the moment.
             * @enum {string}
             */
            stage?: "fetching" | "converting" | "storing";
            /** @description Name of the uploaded file. */
            fileName: string;
            attemptsMade: number;
            /** @description How often the job is tried at most. */
            attempts: number;
            /** Format: date-time */
            createdAt: string;
            /**
             * Format: date-time
             * @description When the last attempt started.
             */
            startedAt?: string;
            /** Format: date-time */
            finishedAt?: string;
            /** @description Why the job, or its last attempt, failed. */
            error?: string;
            explanation?: components["schemas"]["Explanation"];
            /** @description The job cannot be converted at the moment for a reason of ours. It is tried again by itself, and loses no attempt. */
            waitingForUs?: {
                /**
                 * Format: date-time
                 * @description When the fault was met first.
                 */
                since: string;
                /**
                 * Format: date-time
                 * @description When the job is tried again. Absent while no converter takes jobs.
                 */
                nextAttemptAt?: string;
                /** @description How often the job has been put off. */
                pauses: number;
            };
            result?: {
                audioId: string;
                fileName: string;
                sizeBytes: number;
                durationSeconds: number;
                /**
                 * @default mp3
                 * @enum {string}
                 */
                format: "mp3" | "m4a" | "opus" | "flac" | "wav";
                /**
                 * @description Empty when the audio is whole.
                 * @default []
                 */
                warnings: components["schemas"]["ConversionWarning"][];
                /** @description Number of the track that was taken. */
                track?: number;
                /** @description SHA-256 of the audio file, in hexadecimal. */
                sha256?: string;
                /** @description The job that converted the same file with the same options before: its audio was taken. */
                sameAs?: string;
                /**
                 * @description The audio tracks of the file.
                 * @default []
                 */
                tracks: components["schemas"]["AudioTrack"][];
            };
            /** @description Of an expired job: when and why its audio was removed. */
            expired?: {
                /** Format: date-time */
                at: string;
                /** @description In words for the owner. */
                reason: string;
                explanation?: components["schemas"]["Explanation"];
            };
            /**
             * Format: date-time
             * @description When the uploaded file was removed. A job that failed cannot be tried again any more then.
             */
            sourceRemovedAt?: string;
            /** @description Place among the jobs of all users that wait, 1 for the next. It may change either way: users take turns. Absent when the job does not wait, or is in the middle of a very long line. */
            placeInLine?: number;
            options: components["schemas"]["ConversionOptions"];
            /** @description The attempts so far, oldest first. */
            history: {
                attempt: number;
                /** Format: date-time */
                startedAt: string;
                /** Format: date-time */
                endedAt?: string;
                /** @description Why the attempt failed. */
                reason?: string;
                explanation?: components["schemas"]["Explanation"];
            }[];
        };
        ConversionOptions: {
            /**
             * @default mp3
             * @enum {string}
             */
            format: "mp3" | "m4a" | "opus" | "flac" | "wav";
            /** @description Bit rate in kbit/s: 64 to 320 for mp3, 32 to 320 for m4a and opus; flac and wav have none. */
            bitrate?: number;
            /** @description Quality of an mp3 of variable bit rate, 0 the best; not together with bitrate. */
            quality?: number;
            /** @description Sample rate in Hz, one that the format has. mp3 has 44,100 by default, the others that of the file. */
            sampleRate?: number;
            /** @description mp3 has 2 by default, the others as many as the file, 2 at most. */
            channels?: 1 | 2;
            /** @description Audio track: its number, 1 for the first, or its language, such as "de" or "deu". */
            track?: number | string;
            /** @description Where the audio begins, in seconds. */
            start?: number;
            /** @description Where the audio ends, in seconds. */
            end?: number;
            /**
             * @description Whether the loudness becomes that of EBU R128.
             * @default false
             */
            normalize: boolean;
            title?: string;
            artist?: string;
            album?: string;
            /**
             * @description What happens to the tags of the file.
             * @default keep
             * @enum {string}
             */
            tags: "keep" | "drop";
            /**
             * @description What happens to the picture of the file.
             * @default keep
             * @enum {string}
             */
            cover: "keep" | "drop";
            /**
             * @description Of a damaged file: deliver what can be decoded, with warnings, or fail.
             * @default deliver
             * @enum {string}
             */
            onDamage: "deliver" | "fail";
        };
        QueueView: {
            /** @enum {string} */
            name: "video.convert" | "audio.ready" | "conversion.failed" | "conversion.mail" | "webhook.deliver" | "account.mail" | "account.erase" | "storage.upkeep";
            /** @description Jobs by state, as Redis has them. */
            jobs?: {
                waiting: number;
                /** @description Waiting jobs that stand back behind those without a priority. */
                prioritized: number;
                active: number;
                delayed: number;
                /** @description Those that Redis still keeps. */
                completed: number;
                /** @description Those that Redis still keeps. */
                failed: number;
            };
            /** @description What the broker says of the queue. */
            broker?: {
                /** @description Messages that no worker holds. */
                ready: number;
                /** @description Subscriptions of workers. */
                consumers: number;
            };
            /** @description Messages of the broker beyond the jobs that wait in Redis: of jobs that are recorded at their start. */
            unrecorded?: number;
            deadLetters?: number;
            paused?: boolean;
            /**
             * Format: date-time
             * @description When the waiting job was added that is next.
             */
            oldestWaitingAt?: string;
            workers?: {
                /** @description Redis' id of its connection. */
                id: string;
                /** @description Host, or pod, and process. */
                name?: string;
                /** @description Where it connects from. */
                address: string;
                /** Format: date-time */
                connectedAt: string;
            }[];
            /** @description Jobs that run, 50 at most. */
            running?: {
                id: string;
                /** @description 1 for the first. */
                attempt: number;
                /** Format: date-time */
                startedAt?: string;
                /** @description Name of the worker that runs it, if that is known. */
                worker?: string;
            }[];
            /** @description What could not be read, in words. Usually empty. */
            unreadable: string[];
        };
        DeadLetterView: {
            /** @description The job's id; of a message that was no job `malformed-` and a digest. */
            id: string;
            /** @enum {string} */
            kind: "job" | "malformed";
            /** @description Why it failed. Addresses and secrets are hidden. */
            reason: string;
            /**
             * Format: date-time
             * @description When it failed.
             */
            at?: string;
            attemptsMade?: number;
            /**
             * @description What became of the job: it stands as failed; Redis has no record of it any more; or it has moved on since.
             * @enum {string}
             */
            status?: "failed" | "removed" | "replayed";
            /** @description The user whose job it is, if its data say so. */
            ownerId?: string;
            /** @description How often the queue holds this letter. */
            copies: number;
        };
        DeadLetterDetails: {
            /** @description The job's id; of a message that was no job `malformed-` and a digest. */
            id: string;
            /** @enum {string} */
            kind: "job" | "malformed";
            /** @description Why it failed. Addresses and secrets are hidden. */
            reason: string;
            /**
             * Format: date-time
             * @description When it failed.
             */
            at?: string;
            attemptsMade?: number;
            /**
             * @description What became of the job: it stands as failed; Redis has no record of it any more; or it has moved on since.
             * @enum {string}
             */
            status?: "failed" | "removed" | "replayed";
            /** @description The user whose job it is, if its data say so. */
            ownerId?: string;
            /** @description How often the queue holds this letter. */
            copies: number;
            /** @description Stamp of the run that failed. */
            stamp?: string;
            /** @description The job's name. */
            name?: string;
            /** Format: date-time */
            addedAt?: string;
            /**
             * Format: date-time
             * @description When the last attempt began.
             */
            startedAt?: string;
            /** @description How often it was started. */
            starts?: number;
            /** @description How often it lost its worker. */
            stalls?: number;
            worker?: string;
            /**
             * @description The job's state now.
             * @enum {string}
             */
            job?: "failed" | "completed" | "unfinished" | "removed";
            /** @description What the job was given. Addresses and secrets are hidden. */
            data?: unknown;
            /** @description Of the last attempts, oldest first. */
            stacktraces: string[];
            /** @description Of a message that was no job. */
            sizeBytes?: number;
        };
        StorageView: {
            stores: {
                /** @enum {string} */
                name: "videos" | "audios";
                /** @enum {string} */
                kind: "gridfs" | "disk";
                /** @description Missing until they were counted. */
                files?: number;
                /** @description Uploads among them that are not complete. */
                incomplete?: number;
                sizeBytes?: number;
                /** @description Free on its disk; missing if the store does not tell. */
                freeBytes?: number;
            }[];
            /**
             * Format: date-time
             * @description When the files were counted last.
             */
            countedAt?: string;
            /** @description Users with files. */
            users?: number;
            /** @description How long things are kept, in seconds. */
            retention: {
                /** @description How long uploaded files are kept; null is for ever. */
                sourceSeconds: number | null;
                audioSeconds: number | null;
                jobSeconds: number | null;
                orphanSeconds: number;
            };
            limits: {
                maxUploadBytes: number;
                maxStoredBytesPerUser: number | null;
                maxOpenJobsPerUser: number | null;
                minFreeBytes: number;
            };
            upkeep: {
                intervalSeconds: number;
                /** Format: date-time */
                nextAt?: string;
                running: boolean;
                /** @description The last ones, newest first. */
                runs: {
                    /**
                     * Format: date-time
                     * @description When it ended.
                     */
                    at: string;
                    /** @enum {string} */
                    state: "completed" | "failed";
                    /** @description Whether an operator asked for it. */
                    requested: boolean;
                    report?: {
                        sources: {
                            count: number;
                            sizeBytes: number;
                        };
                        audios: {
                            count: number;
                            sizeBytes: number;
                        };
                        jobs: number;
                        orphans: {
                            adoptedVideos: number;
                            audios: {
                                count: number;
                                sizeBytes: number;
                            };
                            lostAudios: number;
                            records: number;
                            unfinished: number;
                            /** @default 0 */
                            strays: number;
                        };
                        /** @default true */
                        isComplete: boolean;
                        tookMs: number;
                    };
                    error?: string;
                }[];
            };
        };
        FailureList: {
            /**
             * Format: date-time
             * @description When they were counted last; missing if they never were.
             */
            countedAt?: string;
            /**
             * Format: date
             * @description The first day that is counted, in UTC.
             */
            since: string;
            total: number;
            /** @description The most frequent first. */
            reasons: {
                /** @description Code of the explanation, such as `no-audio-track`; `fault-of-ours` is a reason of the service, `other` one that an earlier version did not name. */
                code: string;
                count: number;
                /** Format: date-time */
                lastAt: string;
                /** @description The newest, 5 at most. */
                examples: {
                    jobId: string;
                    ownerId: string;
                    fileName: string;
                    /** @description As its owner sees it. */
                    error: string;
                    /** Format: date-time */
                    finishedAt: string;
                }[];
            }[];
            /** @description Days with failures, oldest first, in UTC. */
            days: {
                /** Format: date */
                day: string;
                count: number;
            }[];
        };
        UsageList: {
            users: {
                userId: string;
                /** @description Bytes of uploaded files and audio. */
                storedBytes: number;
                files: number;
                /** @description Jobs that have not ended. */
                openJobs: number;
            }[];
            /** @description What one user may store; null is no limit. */
            maxStoredBytes: number | null;
            maxOpenJobs: number | null;
            /**
             * Format: date-time
             * @description When the order of the largest was found. Missing for users that were named.
             */
            countedAt?: string;
            /** @description Path and query of the next page, if there is one. */
            next?: string;
        };
    };
    responses: {
        /**
         * @description Bad Request
         *
         *     - `idempotency-key-invalid`: The "Idempotency-Key" is malformed. Send a UUID in quotes.
         *     - `invalid-query`: A parameter of the query is unknown or has a value that it cannot have. The detail names it.
         *     - `malformed-json`: The body is not well-formed JSON.
         *     - `request-malformed`: The request is no HTTP that the service understands. The detail says what is wrong with it.
         */
        IdempotencyKeyInvalidOrInvalidQueryOrMalformedJsonOrRequestMalformed: {
            headers: {
                /** @description How to prove who you are (RFC 9110, section 11.6.1). */
                "WWW-Authenticate"?: string;
                "X-Request-Id": components["headers"]["RequestId"];
                RateLimit: components["headers"]["RateLimit"];
                "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @constant */
                    status?: 400;
                    /** @enum {unknown} */
                    code?: "idempotency-key-invalid" | "invalid-query" | "malformed-json" | "request-malformed";
                };
            };
        };
        /**
         * @description Request Timeout
         *
         *     - `request-timeout`: The request did not arrive in time. Send it again.
         */
        RequestTimeout: {
            headers: {
                "X-Request-Id": components["headers"]["RequestId"];
                RateLimit: components["headers"]["RateLimit"];
                "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @constant */
                    status?: 408;
                    /** @enum {unknown} */
                    code?: "request-timeout";
                };
            };
        };
        /**
         * @description Conflict
         *
         *     - `email-taken`: The e-mail address is registered already. Log in, or register another one.
         *     - `idempotency-key-in-use`: The first request with this "Idempotency-Key" still runs. Send it again after "Retry-After" seconds.
         */
        EmailTakenOrIdempotencyKeyInUse: {
            headers: {
                /** @description Seconds after which the request can succeed. */
                "Retry-After"?: number;
                "X-Request-Id": components["headers"]["RequestId"];
                RateLimit: components["headers"]["RateLimit"];
                "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @constant */
                    status?: 409;
                    /** @enum {unknown} */
                    code?: "email-taken" | "idempotency-key-in-use";
                };
            };
        };
        /**
         * @description Payload Too Large
         *
         *     - `body-too-large`: The body has more bytes than the endpoint takes. The detail says how many that are.
         */
        BodyTooLarge: {
            headers: {
                "X-Request-Id": components["headers"]["RequestId"];
                RateLimit: components["headers"]["RateLimit"];
                "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @constant */
                    status?: 413;
                    /** @enum {unknown} */
                    code?: "body-too-large";
                };
            };
        };
        /**
         * @description Unsupported Media Type
         *
         *     - `encoding-unsupported`: The body must be plain UTF-8, without a content coding.
         *     - `json-expected`: The body must be JSON, with the header "Content-Type: application/json".
         */
        EncodingUnsupportedOrJsonExpected: {
            headers: {
                "X-Request-Id": components["headers"]["RequestId"];
                RateLimit: components["headers"]["RateLimit"];
                "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @constant */
                    status?: 415;
                    /** @enum {unknown} */
                    code?: "encoding-unsupported" | "json-expected";
                };
            };
        };
        /**
         * @description Expectation Failed
         *
         *     - `expectation-failed`: The only expectation that the service knows is "Expect: 100-continue".
         */
        ExpectationFailed: {
            headers: {
                "X-Request-Id": components["headers"]["RequestId"];
                RateLimit: components["headers"]["RateLimit"];
                "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @constant */
                    status?: 417;
                    /** @enum {unknown} */
                    code?: "expectation-failed";
                };
            };
        };
        /**
         * @description Unprocessable Entity
         *
         *     - `idempotency-key-reused`: Another request was sent with this "Idempotency-Key". Send a new key with each new request.
         *     - `invalid-fields`: Members of the body are missing, unknown, or have values that they cannot have. "errors" lists them.
         */
        IdempotencyKeyReusedOrInvalidFields: {
            headers: {
                "X-Request-Id": components["headers"]["RequestId"];
                RateLimit: components["headers"]["RateLimit"];
                "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @constant */
                    status?: 422;
                    /** @enum {unknown} */
                    code?: "idempotency-key-reused" | "invalid-fields";
                };
            };
        };
        /**
         * @description Too Many Requests
         *
         *     - `rate-limited`: Too many requests. Wait as many seconds as the header "Retry-After" says.
         */
        RateLimited: {
            headers: {
                /** @description Seconds to wait before the request is sent again. */
                "Retry-After": number;
                "X-Request-Id": components["headers"]["RequestId"];
                RateLimit: components["headers"]["RateLimit"];
                "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @constant */
                    status?: 429;
                    /** @enum {unknown} */
                    code?: "rate-limited";
                };
            };
        };
        /**
         * @description Request Header Fields Too Large
         *
         *     - `headers-too-large`: The headers of the request are too large.
         */
        HeadersTooLarge: {
            headers: {
                "X-Request-Id": components["headers"]["RequestId"];
                RateLimit: components["headers"]["RateLimit"];
                "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @constant */
                    status?: 431;
                    /** @enum {unknown} */
                    code?: "headers-too-large";
                };
            };
        };
        /**
         * @description Internal Server Error
         *
         *     - `internal-error`: Something went wrong in the service. If it goes on, report it with the request id.
         */
        InternalError: {
            headers: {
                "X-Request-Id": components["headers"]["RequestId"];
                RateLimit: components["headers"]["RateLimit"];
                "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @constant */
                    status?: 500;
                    /** @enum {unknown} */
                    code?: "internal-error";
                };
            };
        };
        /**
         * @description Service Unavailable
         *
         *     - `busy`: Too many people are registering or logging in at the moment. Send the request again in a second.
         *     - `deadline-exceeded`: The service could not answer in time. Send the request again after "Retry-After" seconds.
         *     - `too-many-connections`: The service, or your address, has too many connections open. Close some, or try again soon.
         *     - `unavailable`: A server that the request needs does not answer. Send it again after "Retry-After" seconds.
         */
        BusyOrDeadlineExceededOrTooManyConnectionsOrUnavailable: {
            headers: {
                /** @description Seconds to wait before the request is sent again. */
                "Retry-After": number;
                "X-Request-Id": components["headers"]["RequestId"];
                RateLimit: components["headers"]["RateLimit"];
                "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @constant */
                    status?: 503;
                    /** @enum {unknown} */
                    code?: "busy" | "deadline-exceeded" | "too-many-connections" | "unavailable";
                };
            };
        };
        /**
         * @description Bad Request
         *
         *     - `invalid-query`: A parameter of the query is unknown or has a value that it cannot have. The detail names it.
         *     - `request-malformed`: The request is no HTTP that the service understands. The detail says what is wrong with it.
         */
        InvalidQueryOrRequestMalformed: {
            headers: {
                /** @description How to prove who you are (RFC 9110, section 11.6.1). */
                "WWW-Authenticate"?: string;
                "X-Request-Id": components["headers"]["RequestId"];
                RateLimit: components["headers"]["RateLimit"];
                "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @constant */
                    status?: 400;
                    /** @enum {unknown} */
                    code?: "invalid-query" | "request-malformed";
                };
            };
        };
        /**
         * @description Too Many Requests
         *
         *     - `rate-limited`: Too many requests. Wait as many seconds as the header "Retry-After" says.
         *     - `too-many-attempts`: Too many failed logins. Wait as many seconds as "Retry-After" says.
         */
        RateLimitedOrTooManyAttempts: {
            headers: {
                /** @description Seconds to wait before the request is sent again. */
                "Retry-After": number;
                "X-Request-Id": components["headers"]["RequestId"];
                RateLimit: components["headers"]["RateLimit"];
                "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @constant */
                    status?: 429;
                    /** @enum {unknown} */
                    code?: "rate-limited" | "too-many-attempts";
                };
            };
        };
        /**
         * @description Service Unavailable
         *
         *     - `deadline-exceeded`: The service could not answer in time. Send the request again after "Retry-After" seconds.
         *     - `too-many-connections`: The service, or your address, has too many connections open. Close some, or try again soon.
         *     - `unavailable`: A server that the request needs does not answer. Send it again after "Retry-After" seconds.
         */
        DeadlineExceededOrTooManyConnectionsOrUnavailable: {
            headers: {
                /** @description Seconds to wait before the request is sent again. */
                "Retry-After": number;
                "X-Request-Id": components["headers"]["RequestId"];
                RateLimit: components["headers"]["RateLimit"];
                "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @constant */
                    status?: 503;
                    /** @enum {unknown} */
                    code?: "deadline-exceeded" | "too-many-connections" | "unavailable";
                };
            };
        };
        /**
         * @description Bad Request
         *
         *     - `invalid-query`: A parameter of the query is unknown or has a value that it cannot have. The detail names it.
         *     - `malformed-json`: The body is not well-formed JSON.
         *     - `request-malformed`: The request is no HTTP that the service understands. The detail says what is wrong with it.
         */
        InvalidQueryOrMalformedJsonOrRequestMalformed: {
            headers: {
                /** @description How to prove who you are (RFC 9110, section 11.6.1). */
                "WWW-Authenticate"?: string;
                "X-Request-Id": components["headers"]["RequestId"];
                RateLimit: components["headers"]["RateLimit"];
                "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @constant */
                    status?: 400;
                    /** @enum {unknown} */
                    code?: "invalid-query" | "malformed-json" | "request-malformed";
                };
            };
        };
        /**
         * @description Unprocessable Entity
         *
         *     - `invalid-fields`: Members of the body are missing, unknown, or have values that they cannot have. "errors" lists them.
         */
        InvalidFields: {
            headers: {
                "X-Request-Id": components["headers"]["RequestId"];
                RateLimit: components["headers"]["RateLimit"];
                "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @constant */
                    status?: 422;
                    /** @enum {unknown} */
                    code?: "invalid-fields";
                };
            };
        };
        /**
         * @description Bad Request
         *
         *     - `authorization-repeated`: The request has several "Authorization" headers. Send one.
         *     - `invalid-query`: A parameter of the query is unknown or has a value that it cannot have. The detail names it.
         *     - `request-malformed`: The request is no HTTP that the service understands. The detail says what is wrong with it.
         */
        AuthorizationRepeatedOrInvalidQueryOrRequestMalformed: {
            headers: {
                /** @description How to prove who you are (RFC 9110, section 11.6.1). */
                "WWW-Authenticate"?: string;
                "X-Request-Id": components["headers"]["RequestId"];
                RateLimit: components["headers"]["RateLimit"];
                "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @constant */
                    status?: 400;
                    /** @enum {unknown} */
                    code?: "authorization-repeated" | "invalid-query" | "request-malformed";
                };
            };
        };
        /**
         * @description Unauthorized
         *
         *     - `token-expired`: The access token has expired. Refresh it, or log in again.
         *     - `token-invalid`: The access token or API key is not valid. Log in again, or make a new key.
         *     - `token-missing`: The request has no access token or API key. Send the header "Authorization: Bearer TOKEN".
         */
        TokenExpiredOrTokenInvalidOrTokenMissing: {
            headers: {
                /** @description How to prove who you are (RFC 9110, section 11.6.1). */
                "WWW-Authenticate": string;
                "X-Request-Id": components["headers"]["RequestId"];
                RateLimit: components["headers"]["RateLimit"];
                "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @constant */
                    status?: 401;
                    /** @enum {unknown} */
                    code?: "token-expired" | "token-invalid" | "token-missing";
                };
            };
        };
        /**
         * @description Forbidden
         *
         *     - `cross-site-request`: The request is not from a page of this service, so the session of the browser does not count for it. Programs send a token.
         *     - `insufficient-scope`: The access token or API key may not do this. The detail names the scope or role that is needed.
         */
        CrossSiteRequestOrInsufficientScope: {
            headers: {
                /** @description How to prove who you are (RFC 9110, section 11.6.1). */
                "WWW-Authenticate"?: string;
                "X-Request-Id": components["headers"]["RequestId"];
                RateLimit: components["headers"]["RateLimit"];
                "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @constant */
                    status?: 403;
                    /** @enum {unknown} */
                    code?: "cross-site-request" | "insufficient-scope";
                };
            };
        };
        /**
         * @description Bad Request
         *
         *     - `authorization-repeated`: The request has several "Authorization" headers. Send one.
         *     - `idempotency-key-invalid`: The "Idempotency-Key" is malformed. Send a UUID in quotes.
         *     - `invalid-query`: A parameter of the query is unknown or has a value that it cannot have. The detail names it.
         *     - `malformed-json`: The body is not well-formed JSON.
         *     - `request-malformed`: The request is no HTTP that the service understands. The detail says what is wrong with it.
         */
        AuthorizationRepeatedOrIdempotencyKeyInvalidOrInvalidQueryOrMalformedJsonOrRequestMalformed: {
            headers: {
                /** @description How to prove who you are (RFC 9110, section 11.6.1). */
                "WWW-Authenticate"?: string;
                "X-Request-Id": components["headers"]["RequestId"];
                RateLimit: components["headers"]["RateLimit"];
                "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @constant */
                    status?: 400;
                    /** @enum {unknown} */
                    code?: "authorization-repeated" | "idempotency-key-invalid" | "invalid-query" | "malformed-json" | "request-malformed";
                };
            };
        };
        /**
         * @description Not Found
         *
         *     - `not-found`: There is nothing at this path.
         *     - `webhook-unknown`: You have no such webhook.
         */
        NotFoundOrWebhookUnknown: {
            headers: {
                "X-Request-Id": components["headers"]["RequestId"];
                RateLimit: components["headers"]["RateLimit"];
                "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @constant */
                    status?: 404;
                    /** @enum {unknown} */
                    code?: "not-found" | "webhook-unknown";
                };
            };
        };
        /**
         * @description Bad Request
         *
         *     - `authorization-repeated`: The request has several "Authorization" headers. Send one.
         *     - `invalid-query`: A parameter of the query is unknown or has a value that it cannot have. The detail names it.
         *     - `malformed-json`: The body is not well-formed JSON.
         *     - `request-malformed`: The request is no HTTP that the service understands. The detail says what is wrong with it.
         */
        AuthorizationRepeatedOrInvalidQueryOrMalformedJsonOrRequestMalformed: {
            headers: {
                /** @description How to prove who you are (RFC 9110, section 11.6.1). */
                "WWW-Authenticate"?: string;
                "X-Request-Id": components["headers"]["RequestId"];
                RateLimit: components["headers"]["RateLimit"];
                "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @constant */
                    status?: 400;
                    /** @enum {unknown} */
                    code?: "authorization-repeated" | "invalid-query" | "malformed-json" | "request-malformed";
                };
            };
        };
        /**
         * @description Conflict
         *
         *     - `idempotency-key-in-use`: The first request with this "Idempotency-Key" still runs. Send it again after "Retry-After" seconds.
         */
        IdempotencyKeyInUse: {
            headers: {
                /** @description Seconds after which the request can succeed. */
                "Retry-After"?: number;
                "X-Request-Id": components["headers"]["RequestId"];
                RateLimit: components["headers"]["RateLimit"];
                "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @constant */
                    status?: 409;
                    /** @enum {unknown} */
                    code?: "idempotency-key-in-use";
                };
            };
        };
        /**
         * @description Bad Request
         *
         *     - `authorization-repeated`: The request has several "Authorization" headers. Send one.
         *     - `idempotency-key-invalid`: The "Idempotency-Key" is malformed. Send a UUID in quotes.
         *     - `invalid-query`: A parameter of the query is unknown or has a value that it cannot have. The detail names it.
         *     - `request-malformed`: The request is no HTTP that the service understands. The detail says what is wrong with it.
         */
        AuthorizationRepeatedOrIdempotencyKeyInvalidOrInvalidQueryOrRequestMalformed: {
            headers: {
                /** @description How to prove who you are (RFC 9110, section 11.6.1). */
                "WWW-Authenticate"?: string;
                "X-Request-Id": components["headers"]["RequestId"];
                RateLimit: components["headers"]["RateLimit"];
                "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @constant */
                    status?: 400;
                    /** @enum {unknown} */
                    code?: "authorization-repeated" | "idempotency-key-invalid" | "invalid-query" | "request-malformed";
                };
            };
        };
        /**
         * @description Unprocessable Entity
         *
         *     - `idempotency-key-reused`: Another request was sent with this "Idempotency-Key". Send a new key with each new request.
         */
        IdempotencyKeyReused: {
            headers: {
                "X-Request-Id": components["headers"]["RequestId"];
                RateLimit: components["headers"]["RateLimit"];
                "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @constant */
                    status?: 422;
                    /** @enum {unknown} */
                    code?: "idempotency-key-reused";
                };
            };
        };
        /**
         * @description Not Found
         *
         *     - `not-found`: There is nothing at this path.
         *     - `webhook-delivery-unknown`: There is no such delivery. Deliveries are removed after 30 days.
         *     - `webhook-unknown`: You have no such webhook.
         */
        NotFoundOrWebhookDeliveryUnknownOrWebhookUnknown: {
            headers: {
                "X-Request-Id": components["headers"]["RequestId"];
                RateLimit: components["headers"]["RateLimit"];
                "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @constant */
                    status?: 404;
                    /** @enum {unknown} */
                    code?: "not-found" | "webhook-delivery-unknown" | "webhook-unknown";
                };
            };
        };
        /**
         * @description Forbidden
         *
         *     - `cross-site-request`: The request is not from a page of this service, so the session of the browser does not count for it. Programs send a token.
         *     - `insufficient-scope`: The access token or API key may not do this. The detail names the scope or role that is needed.
         *     - `password-wrong`: The current password is wrong.
         */
        CrossSiteRequestOrInsufficientScopeOrPasswordWrong: {
            headers: {
                /** @description How to prove who you are (RFC 9110, section 11.6.1). */
                "WWW-Authenticate"?: string;
                "X-Request-Id": components["headers"]["RequestId"];
                RateLimit: components["headers"]["RateLimit"];
                "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @constant */
                    status?: 403;
                    /** @enum {unknown} */
                    code?: "cross-site-request" | "insufficient-scope" | "password-wrong";
                };
            };
        };
        /**
         * @description Bad Request
         *
         *     - `invalid-query`: A parameter of the query is unknown or has a value that it cannot have. The detail names it.
         *     - `malformed-json`: The body is not well-formed JSON.
         *     - `one-time-token-invalid`: The link was used, has expired, or is none of ours. Ask for a new one.
         *     - `request-malformed`: The request is no HTTP that the service understands. The detail says what is wrong with it.
         */
        InvalidQueryOrMalformedJsonOrOneTimeTokenInvalidOrRequestMalformed: {
            headers: {
                /** @description How to prove who you are (RFC 9110, section 11.6.1). */
                "WWW-Authenticate"?: string;
                "X-Request-Id": components["headers"]["RequestId"];
                RateLimit: components["headers"]["RateLimit"];
                "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @constant */
                    status?: 400;
                    /** @enum {unknown} */
                    code?: "invalid-query" | "malformed-json" | "one-time-token-invalid" | "request-malformed";
                };
            };
        };
        /**
         * @description Not Found
         *
         *     - `not-found`: There is nothing at this path.
         *     - `user-unknown`: There is no user with this id.
         */
        NotFoundOrUserUnknown: {
            headers: {
                "X-Request-Id": components["headers"]["RequestId"];
                RateLimit: components["headers"]["RateLimit"];
                "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @constant */
                    status?: 404;
                    /** @enum {unknown} */
                    code?: "not-found" | "user-unknown";
                };
            };
        };
        /**
         * @description Forbidden
         *
         *     - `cross-site-request`: The request is not from a page of this service, so the session of the browser does not count for it. Programs send a token.
         */
        CrossSiteRequest: {
            headers: {
                /** @description How to prove who you are (RFC 9110, section 11.6.1). */
                "WWW-Authenticate"?: string;
                "X-Request-Id": components["headers"]["RequestId"];
                RateLimit: components["headers"]["RateLimit"];
                "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @constant */
                    status?: 403;
                    /** @enum {unknown} */
                    code?: "cross-site-request";
                };
            };
        };
        /**
         * @description Too Many Requests
         *
         *     - `rate-limited`: Too many requests. Wait as many seconds as the header "Retry-After" says.
         *     - `too-many-downloads`: The user, or the link, has too many downloads at a time. Wait until one has ended.
         */
        RateLimitedOrTooManyDownloads: {
            headers: {
                /** @description Seconds to wait before the request is sent again. */
                "Retry-After": number;
                "X-Request-Id": components["headers"]["RequestId"];
                RateLimit: components["headers"]["RateLimit"];
                "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @constant */
                    status?: 429;
                    /** @enum {unknown} */
                    code?: "rate-limited" | "too-many-downloads";
                };
            };
        };
        /**
         * @description Request Timeout
         *
         *     - `request-timeout`: The request did not arrive in time. Send it again.
         *     - `upload-too-slow`: Too little of the body arrived within a minute. "minBytesPerSecond" says how much it must be.
         */
        RequestTimeoutOrUploadTooSlow: {
            headers: {
                "X-Request-Id": components["headers"]["RequestId"];
                RateLimit: components["headers"]["RateLimit"];
                "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @constant */
                    status?: 408;
                    /** @enum {unknown} */
                    code?: "request-timeout" | "upload-too-slow";
                };
            };
        };
        /**
         * @description Unsupported Media Type
         *
         *     - `video-expected`: The video must come in a form (multipart/form-data), in the field "file", or as the body itself (video/*, audio/*, application/octet-stream).
         */
        VideoExpected: {
            headers: {
                "X-Request-Id": components["headers"]["RequestId"];
                RateLimit: components["headers"]["RateLimit"];
                "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @constant */
                    status?: 415;
                    /** @enum {unknown} */
                    code?: "video-expected";
                };
            };
        };
        /**
         * @description Too Many Requests
         *
         *     - `rate-limited`: Too many requests. Wait as many seconds as the header "Retry-After" says.
         *     - `too-many-open-jobs`: You have as many jobs that have not ended as you may have. "maxJobs" and "openJobs" say how many. Wait until one has ended.
         *     - `too-many-uploads`: You have too many uploads at once. Wait until one of them has ended.
         *     - `upload-quota-used-up`: Without a confirmed mail address no more uploads are possible today. Confirm the address.
         */
        RateLimitedOrTooManyOpenJobsOrTooManyUploadsOrUploadQuotaUsedUp: {
            headers: {
                /** @description Seconds to wait before the request is sent again. */
                "Retry-After": number;
                "X-Request-Id": components["headers"]["RequestId"];
                RateLimit: components["headers"]["RateLimit"];
                "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @constant */
                    status?: 429;
                    /** @enum {unknown} */
                    code?: "rate-limited" | "too-many-open-jobs" | "too-many-uploads" | "upload-quota-used-up";
                };
            };
        };
        /**
         * @description Service Unavailable
         *
         *     - `deadline-exceeded`: The service could not answer in time. Send the request again after "Retry-After" seconds.
         *     - `too-many-connections`: The service, or your address, has too many connections open. Close some, or try again soon.
         *     - `unavailable`: A server that the request needs does not answer. Send it again after "Retry-After" seconds.
         *     - `uploads-busy`: Too many uploads run at the moment. Send it again after "Retry-After" seconds.
         */
        DeadlineExceededOrTooManyConnectionsOrUnavailableOrUploadsBusy: {
            headers: {
                /** @description Seconds to wait before the request is sent again. */
                "Retry-After": number;
                "X-Request-Id": components["headers"]["RequestId"];
                RateLimit: components["headers"]["RateLimit"];
                "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @constant */
                    status?: 503;
                    /** @enum {unknown} */
                    code?: "deadline-exceeded" | "too-many-connections" | "unavailable" | "uploads-busy";
                };
            };
        };
        /**
         * @description Insufficient Storage
         *
         *     - `store-full`: The store of files has no room for this file. Try again later, or tell the operator.
         */
        StoreFull: {
            headers: {
                "X-Request-Id": components["headers"]["RequestId"];
                RateLimit: components["headers"]["RateLimit"];
                "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @constant */
                    status?: 507;
                    /** @enum {unknown} */
                    code?: "store-full";
                };
            };
        };
        /**
         * @description Not Found
         *
         *     - `not-found`: There is nothing at this path.
         */
        NotFound: {
            headers: {
                "X-Request-Id": components["headers"]["RequestId"];
                RateLimit: components["headers"]["RateLimit"];
                "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @constant */
                    status?: 404;
                    /** @enum {unknown} */
                    code?: "not-found";
                };
            };
        };
        /**
         * @description Precondition Failed
         *
         *     - `tus-version-unsupported`: The request has no header "Tus-Resumable", or one with another version than 1.0.0.
         */
        TusVersionUnsupported: {
            headers: {
                /** @description Tag of the file as it is. */
                ETag?: string;
                /** @description Version of the protocol. */
                "Tus-Resumable"?: string;
                /** @description Versions of the protocol that the service knows. */
                "Tus-Version"?: string;
                "X-Request-Id": components["headers"]["RequestId"];
                RateLimit: components["headers"]["RateLimit"];
                "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @constant */
                    status?: 412;
                    /** @enum {unknown} */
                    code?: "tus-version-unsupported";
                };
            };
        };
        /**
         * @description Payload Too Large
         *
         *     - `body-too-large`: The body has more bytes than the endpoint takes. The detail says how many that are.
         *     - `file-too-large`: The file has more bytes than the service takes. "maxBytes" says how many that are.
         *     - `storage-quota-exceeded`: The file does not fit what you may store. "maxBytes" says how much that is, "storedBytes" what you store, uploads that run included. Delete jobs, or wait until files expire.
         */
        BodyTooLargeOrFileTooLargeOrStorageQuotaExceeded: {
            headers: {
                /** @description Version of the protocol. */
                "Tus-Resumable"?: string;
                /** @description Versions of the protocol that the service knows. */
                "Tus-Version"?: string;
                "X-Request-Id": components["headers"]["RequestId"];
                RateLimit: components["headers"]["RateLimit"];
                "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @constant */
                    status?: 413;
                    /** @enum {unknown} */
                    code?: "body-too-large" | "file-too-large" | "storage-quota-exceeded";
                };
            };
        };
        /**
         * @description Locked
         *
         *     - `upload-locked`: Another request of this upload still runs. Try again in a few seconds.
         */
        UploadLocked: {
            headers: {
                /** @description Seconds to wait before the request is sent again. */
                "Retry-After"?: number;
                /** @description Version of the protocol. */
                "Tus-Resumable"?: string;
                /** @description Versions of the protocol that the service knows. */
                "Tus-Version"?: string;
                "X-Request-Id": components["headers"]["RequestId"];
                RateLimit: components["headers"]["RateLimit"];
                "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @constant */
                    status?: 423;
                    /** @enum {unknown} */
                    code?: "upload-locked";
                };
            };
        };
        /**
         * @description Problem
         *
         *     - `checksum-mismatch`: The bytes have another checksum than "Upload-Checksum" says. They were dropped: send them again.
         */
        ChecksumMismatch: {
            headers: {
                /** @description Version of the protocol. */
                "Tus-Resumable"?: string;
                /** @description Versions of the protocol that the service knows. */
                "Tus-Version"?: string;
                "X-Request-Id": components["headers"]["RequestId"];
                RateLimit: components["headers"]["RateLimit"];
                "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @constant */
                    status?: 460;
                    /** @enum {unknown} */
                    code?: "checksum-mismatch";
                };
            };
        };
        /**
         * @description Bad Request
         *
         *     - `authorization-repeated`: The request has several "Authorization" headers. Send one.
         *     - `invalid-query`: A parameter of the query is unknown or has a value that it cannot have. The detail names it.
         *     - `request-malformed`: The request is no HTTP that the service understands. The detail says what is wrong with it.
         *     - `tus-headers-invalid`: A header of the protocol tus is missing, malformed, or asks for an extension that the service has not.
         */
        AuthorizationRepeatedOrInvalidQueryOrRequestMalformedOrTusHeadersInvalid: {
            headers: {
                /** @description How to prove who you are (RFC 9110, section 11.6.1). */
                "WWW-Authenticate"?: string;
                /** @description Version of the protocol. */
                "Tus-Resumable"?: string;
                /** @description Versions of the protocol that the service knows. */
                "Tus-Version"?: string;
                "X-Request-Id": components["headers"]["RequestId"];
                RateLimit: components["headers"]["RateLimit"];
                "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @constant */
                    status?: 400;
                    /** @enum {unknown} */
                    code?: "authorization-repeated" | "invalid-query" | "request-malformed" | "tus-headers-invalid";
                };
            };
        };
        /**
         * @description Not Found
         *
         *     - `not-found`: There is nothing at this path.
         *     - `upload-unknown`: You have no such upload.
         */
        NotFoundOrUploadUnknown: {
            headers: {
                /** @description Version of the protocol. */
                "Tus-Resumable"?: string;
                /** @description Versions of the protocol that the service knows. */
                "Tus-Version"?: string;
                "X-Request-Id": components["headers"]["RequestId"];
                RateLimit: components["headers"]["RateLimit"];
                "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @constant */
                    status?: 404;
                    /** @enum {unknown} */
                    code?: "not-found" | "upload-unknown";
                };
            };
        };
        /**
         * @description Gone
         *
         *     - `upload-expired`: The upload was begun over a day ago. Begin a new one.
         */
        UploadExpired: {
            headers: {
                /** @description Version of the protocol. */
                "Tus-Resumable"?: string;
                /** @description Versions of the protocol that the service knows. */
                "Tus-Version"?: string;
                "X-Request-Id": components["headers"]["RequestId"];
                RateLimit: components["headers"]["RateLimit"];
                "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @constant */
                    status?: 410;
                    /** @enum {unknown} */
                    code?: "upload-expired";
                };
            };
        };
        /**
         * @description Not Found
         *
         *     - `job-unknown`: The user has no job with this id.
         *     - `not-found`: There is nothing at this path.
         */
        JobUnknownOrNotFound: {
            headers: {
                "X-Request-Id": components["headers"]["RequestId"];
                RateLimit: components["headers"]["RateLimit"];
                "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @constant */
                    status?: 404;
                    /** @enum {unknown} */
                    code?: "job-unknown" | "not-found";
                };
            };
        };
        /**
         * @description Too Many Requests
         *
         *     - `rate-limited`: Too many requests. Wait as many seconds as the header "Retry-After" says.
         *     - `too-many-watchers`: The user, or all users together, follow as many event streams as one gateway serves.
         */
        RateLimitedOrTooManyWatchers: {
            headers: {
                /** @description Seconds to wait before the request is sent again. */
                "Retry-After": number;
                "X-Request-Id": components["headers"]["RequestId"];
                RateLimit: components["headers"]["RateLimit"];
                "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @constant */
                    status?: 429;
                    /** @enum {unknown} */
                    code?: "rate-limited" | "too-many-watchers";
                };
            };
        };
        /**
         * @description Conflict
         *
         *     - `audio-not-ready`: The job has not been completed yet. "state" and "progress" say how far it is.
         *     - `conversion-failed`: There is no audio, since the conversion failed. The detail says why.
         */
        AudioNotReadyOrConversionFailed: {
            headers: {
                /** @description Seconds after which the request can succeed. */
                "Retry-After"?: number;
                "X-Request-Id": components["headers"]["RequestId"];
                RateLimit: components["headers"]["RateLimit"];
                "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @constant */
                    status?: 409;
                    /** @enum {unknown} */
                    code?: "audio-not-ready" | "conversion-failed";
                };
            };
        };
        /**
         * @description Gone
         *
         *     - `audio-deleted`: The audio of this job has been deleted.
         *     - `audio-expired`: The audio was removed, since its time was over. "expiredAt" says when; the detail says why.
         *     - `file-deleted`: The file was deleted while it was asked for.
         */
        AudioDeletedOrAudioExpiredOrFileDeleted: {
            headers: {
                "X-Request-Id": components["headers"]["RequestId"];
                RateLimit: components["headers"]["RateLimit"];
                "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @constant */
                    status?: 410;
                    /** @enum {unknown} */
                    code?: "audio-deleted" | "audio-expired" | "file-deleted";
                };
            };
        };
        /**
         * @description Precondition Failed
         *
         *     - `file-changed`: The file is not the version that "If-Match" or "If-Unmodified-Since" names.
         */
        FileChanged: {
            headers: {
                /** @description Tag of the file as it is. */
                ETag?: string;
                "X-Request-Id": components["headers"]["RequestId"];
                RateLimit: components["headers"]["RateLimit"];
                "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @constant */
                    status?: 412;
                    /** @enum {unknown} */
                    code?: "file-changed";
                };
            };
        };
        /**
         * @description Range Not Satisfiable
         *
         *     - `range-not-satisfiable`: The range begins beyond the end of the file. "Content-Range" has the length.
         */
        RangeNotSatisfiable: {
            headers: {
                /** @description `bytes` */
                "Accept-Ranges"?: string;
                /** @description The length of the file: `bytes *\/LENGTH`. */
                "Content-Range": string;
                "X-Request-Id": components["headers"]["RequestId"];
                RateLimit: components["headers"]["RateLimit"];
                "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @constant */
                    status?: 416;
                    /** @enum {unknown} */
                    code?: "range-not-satisfiable";
                };
            };
        };
        /**
         * @description Service Unavailable
         *
         *     - `dead-letters-busy`: Another process reads these dead letters. Send the request again.
         *     - `deadline-exceeded`: The service could not answer in time. Send the request again after "Retry-After" seconds.
         *     - `too-many-connections`: The service, or your address, has too many connections open. Close some, or try again soon.
         *     - `unavailable`: A server that the request needs does not answer. Send it again after "Retry-After" seconds.
         */
        DeadLettersBusyOrDeadlineExceededOrTooManyConnectionsOrUnavailable: {
            headers: {
                /** @description Seconds to wait before the request is sent again. */
                "Retry-After": number;
                "X-Request-Id": components["headers"]["RequestId"];
                RateLimit: components["headers"]["RateLimit"];
                "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @constant */
                    status?: 503;
                    /** @enum {unknown} */
                    code?: "dead-letters-busy" | "deadline-exceeded" | "too-many-connections" | "unavailable";
                };
            };
        };
        /**
         * @description Not Found
         *
         *     - `dead-letter-unknown`: The queue has no dead letter of this job.
         *     - `not-found`: There is nothing at this path.
         */
        DeadLetterUnknownOrNotFound: {
            headers: {
                "X-Request-Id": components["headers"]["RequestId"];
                RateLimit: components["headers"]["RateLimit"];
                "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"] & {
                    /** @constant */
                    status?: 404;
                    /** @enum {unknown} */
                    code?: "dead-letter-unknown" | "not-found";
                };
            };
        };
    };
    parameters: never;
    requestBodies: never;
    headers: {
        /** @description The request's id; log lines bear it too. A harmless one of the client is taken over. */
        RequestId: string;
        /** @description What is left of the limit that is the nearest to its end (draft-ietf-httpapi-ratelimit-headers). */
        RateLimit: string;
        /** @description The limits that hold for the request (draft-ietf-httpapi-ratelimit-headers). */
        RateLimitPolicy: string;
    };
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    register: {
        parameters: {
            query?: never;
            header?: {
                /** @description Makes the request safe to repeat: the same key within 24 hours gets the same answer, and nothing is made twice. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** Format: email */
                    email: string;
                    password: string;
                    /**
                     * @description Language of mails; if it is left out, what `Accept-Language` prefers.
                     * @enum {string}
                     */
                    language?: "en" | "de";
                };
            };
        };
        responses: {
            /** @description The new user */
            201: {
                headers: {
                    /** @description `true` for the answer of an earlier request with the same key. */
                    "Idempotency-Replayed"?: string;
                    "X-Request-Id": components["headers"]["RequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        id: string;
                        email: string;
                    };
                };
            };
            400: components["responses"]["IdempotencyKeyInvalidOrInvalidQueryOrMalformedJsonOrRequestMalformed"];
            408: components["responses"]["RequestTimeout"];
            409: components["responses"]["EmailTakenOrIdempotencyKeyInUse"];
            413: components["responses"]["BodyTooLarge"];
            415: components["responses"]["EncodingUnsupportedOrJsonExpected"];
            417: components["responses"]["ExpectationFailed"];
            422: components["responses"]["IdempotencyKeyReusedOrInvalidFields"];
            429: components["responses"]["RateLimited"];
            431: components["responses"]["HeadersTooLarge"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["BusyOrDeadlineExceededOrTooManyConnectionsOrUnavailable"];
        };
    };
    login: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description An access token and a refresh token */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        access_token: string;
                        /** @constant */
                        token_type: "Bearer";
                        expires_in: number;
                        refresh_token: string;
                        refresh_expires_in: number;
                        scope: string;
                    };
                    "text/plain": string;
                };
            };
            400: components["responses"]["InvalidQueryOrRequestMalformed"];
            /**
             * @description Unauthorized
             *
             *     - `credentials-missing`: E-mail address and password are missing. Send them by HTTP Basic, in UTF-8.
             *     - `credentials-wrong`: E-mail address or password is wrong.
             */
            401: {
                headers: {
                    /** @description How to prove who you are (RFC 9110, section 11.6.1). */
                    "WWW-Authenticate": string;
                    "X-Request-Id": components["headers"]["RequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 401;
                        /** @enum {unknown} */
                        code?: "credentials-missing" | "credentials-wrong";
                    };
                };
            };
            /**
             * @description Forbidden
             *
             *     - `account-locked`: An administrator has locked the account.
             */
            403: {
                headers: {
                    /** @description How to prove who you are (RFC 9110, section 11.6.1). */
                    "WWW-Authenticate"?: string;
                    "X-Request-Id": components["headers"]["RequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 403;
                        /** @enum {unknown} */
                        code?: "account-locked";
                    };
                };
            };
            417: components["responses"]["ExpectationFailed"];
            429: components["responses"]["RateLimitedOrTooManyAttempts"];
            431: components["responses"]["HeadersTooLarge"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["BusyOrDeadlineExceededOrTooManyConnectionsOrUnavailable"];
        };
    };
    jwks: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The keys */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        keys: {
                            [key: string]: unknown;
                        }[];
                    };
                };
            };
            400: components["responses"]["InvalidQueryOrRequestMalformed"];
            417: components["responses"]["ExpectationFailed"];
            429: components["responses"]["RateLimited"];
            431: components["responses"]["HeadersTooLarge"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["DeadlineExceededOrTooManyConnectionsOrUnavailable"];
        };
    };
    refresh: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    refresh_token: string;
                };
            };
        };
        responses: {
            /** @description The next tokens */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        access_token: string;
                        /** @constant */
                        token_type: "Bearer";
                        expires_in: number;
                        refresh_token: string;
                        refresh_expires_in: number;
                        scope: string;
                    };
                };
            };
            400: components["responses"]["InvalidQueryOrMalformedJsonOrRequestMalformed"];
            /**
             * @description Unauthorized
             *
             *     - `refresh-token-invalid`: The refresh token is unknown, expired or used already, or its session has ended. Log in again.
             */
            401: {
                headers: {
                    /** @description How to prove who you are (RFC 9110, section 11.6.1). */
                    "WWW-Authenticate": string;
                    "X-Request-Id": components["headers"]["RequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 401;
                        /** @enum {unknown} */
                        code?: "refresh-token-invalid";
                    };
                };
            };
            408: components["responses"]["RequestTimeout"];
            413: components["responses"]["BodyTooLarge"];
            415: components["responses"]["EncodingUnsupportedOrJsonExpected"];
            417: components["responses"]["ExpectationFailed"];
            422: components["responses"]["InvalidFields"];
            429: components["responses"]["RateLimited"];
            431: components["responses"]["HeadersTooLarge"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["DeadlineExceededOrTooManyConnectionsOrUnavailable"];
        };
    };
    logout: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The session has ended */
            204: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["AuthorizationRepeatedOrInvalidQueryOrRequestMalformed"];
            401: components["responses"]["TokenExpiredOrTokenInvalidOrTokenMissing"];
            403: components["responses"]["CrossSiteRequestOrInsufficientScope"];
            417: components["responses"]["ExpectationFailed"];
            429: components["responses"]["RateLimited"];
            431: components["responses"]["HeadersTooLarge"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["DeadlineExceededOrTooManyConnectionsOrUnavailable"];
        };
    };
    listSessions: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The sessions */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        sessions: {
                            id: string;
                            client?: string;
                            userAgent: string;
                            address: string;
                            /** Format: date-time */
                            createdAt: string;
                            /** Format: date-time */
                            lastUsedAt: string;
                            /** Format: date-time */
                            expiresAt: string;
                            current: boolean;
                        }[];
                    };
                };
            };
            400: components["responses"]["AuthorizationRepeatedOrInvalidQueryOrRequestMalformed"];
            401: components["responses"]["TokenExpiredOrTokenInvalidOrTokenMissing"];
            403: components["responses"]["CrossSiteRequestOrInsufficientScope"];
            417: components["responses"]["ExpectationFailed"];
            429: components["responses"]["RateLimited"];
            431: components["responses"]["HeadersTooLarge"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["DeadlineExceededOrTooManyConnectionsOrUnavailable"];
        };
    };
    endSessions: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description All sessions have ended */
            204: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["AuthorizationRepeatedOrInvalidQueryOrRequestMalformed"];
            401: components["responses"]["TokenExpiredOrTokenInvalidOrTokenMissing"];
            403: components["responses"]["CrossSiteRequestOrInsufficientScope"];
            417: components["responses"]["ExpectationFailed"];
            429: components["responses"]["RateLimited"];
            431: components["responses"]["HeadersTooLarge"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["DeadlineExceededOrTooManyConnectionsOrUnavailable"];
        };
    };
    endSession: {
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
            /** @description The session has ended */
            204: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["AuthorizationRepeatedOrInvalidQueryOrRequestMalformed"];
            401: components["responses"]["TokenExpiredOrTokenInvalidOrTokenMissing"];
            403: components["responses"]["CrossSiteRequestOrInsufficientScope"];
            /**
             * @description Not Found
             *
             *     - `not-found`: There is nothing at this path.
             *     - `session-unknown`: You have no such session. It may have ended.
             */
            404: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 404;
                        /** @enum {unknown} */
                        code?: "not-found" | "session-unknown";
                    };
                };
            };
            417: components["responses"]["ExpectationFailed"];
            429: components["responses"]["RateLimited"];
            431: components["responses"]["HeadersTooLarge"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["DeadlineExceededOrTooManyConnectionsOrUnavailable"];
        };
    };
    listApiKeys: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The keys, without their secrets */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        apiKeys: {
                            id: string;
                            name: string;
                            start: string;
                            scopes: ("jobs:read" | "jobs:write" | "files:read")[];
                            /** Format: date-time */
                            createdAt: string;
                            /** Format: date-time */
                            expiresAt?: string;
                            /** Format: date-time */
                            lastUsedAt?: string;
                        }[];
                    };
                };
            };
            400: components["responses"]["AuthorizationRepeatedOrInvalidQueryOrRequestMalformed"];
            401: components["responses"]["TokenExpiredOrTokenInvalidOrTokenMissing"];
            403: components["responses"]["CrossSiteRequestOrInsufficientScope"];
            417: components["responses"]["ExpectationFailed"];
            429: components["responses"]["RateLimited"];
            431: components["responses"]["HeadersTooLarge"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["DeadlineExceededOrTooManyConnectionsOrUnavailable"];
        };
    };
    createApiKey: {
        parameters: {
            query?: never;
            header?: {
                /** @description Makes the request safe to repeat: the same key within 24 hours gets the same answer, and nothing is made twice. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    name: string;
                    scopes: ("jobs:read" | "jobs:write" | "files:read")[];
                    expiresInDays?: number;
                };
            };
        };
        responses: {
            /** @description The key */
            201: {
                headers: {
                    /** @description `true` for the answer of an earlier request with the same key. */
                    "Idempotency-Replayed"?: string;
                    "X-Request-Id": components["headers"]["RequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        id: string;
                        name: string;
                        start: string;
                        scopes: ("jobs:read" | "jobs:write" | "files:read")[];
                        /** Format: date-time */
                        createdAt: string;
                        /** Format: date-time */
                        expiresAt?: string;
                        /** Format: date-time */
                        lastUsedAt?: string;
                        key: string;
                    };
                };
            };
            400: components["responses"]["AuthorizationRepeatedOrIdempotencyKeyInvalidOrInvalidQueryOrMalformedJsonOrRequestMalformed"];
            401: components["responses"]["TokenExpiredOrTokenInvalidOrTokenMissing"];
            403: components["responses"]["CrossSiteRequestOrInsufficientScope"];
            408: components["responses"]["RequestTimeout"];
            /**
             * @description Conflict
             *
             *     - `idempotency-key-in-use`: The first request with this "Idempotency-Key" still runs. Send it again after "Retry-After" seconds.
             *     - `too-many-api-keys`: You have as many API keys as a user can have. Revoke one that you do not use.
             */
            409: {
                headers: {
                    /** @description Seconds after which the request can succeed. */
                    "Retry-After"?: number;
                    "X-Request-Id": components["headers"]["RequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 409;
                        /** @enum {unknown} */
                        code?: "idempotency-key-in-use" | "too-many-api-keys";
                    };
                };
            };
            413: components["responses"]["BodyTooLarge"];
            415: components["responses"]["EncodingUnsupportedOrJsonExpected"];
            417: components["responses"]["ExpectationFailed"];
            422: components["responses"]["IdempotencyKeyReusedOrInvalidFields"];
            429: components["responses"]["RateLimited"];
            431: components["responses"]["HeadersTooLarge"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["DeadlineExceededOrTooManyConnectionsOrUnavailable"];
        };
    };
    revokeApiKey: {
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
            /** @description The key is revoked */
            204: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["AuthorizationRepeatedOrInvalidQueryOrRequestMalformed"];
            401: components["responses"]["TokenExpiredOrTokenInvalidOrTokenMissing"];
            403: components["responses"]["CrossSiteRequestOrInsufficientScope"];
            /**
             * @description Not Found
             *
             *     - `api-key-unknown`: You have no such API key. It may have been revoked.
             *     - `not-found`: There is nothing at this path.
             */
            404: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 404;
                        /** @enum {unknown} */
                        code?: "api-key-unknown" | "not-found";
                    };
                };
            };
            417: components["responses"]["ExpectationFailed"];
            429: components["responses"]["RateLimited"];
            431: components["responses"]["HeadersTooLarge"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["DeadlineExceededOrTooManyConnectionsOrUnavailable"];
        };
    };
    listWebhooks: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The webhooks, without their secrets */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        webhooks: components["schemas"]["Webhook"][];
                    };
                };
            };
            400: components["responses"]["AuthorizationRepeatedOrInvalidQueryOrRequestMalformed"];
            401: components["responses"]["TokenExpiredOrTokenInvalidOrTokenMissing"];
            403: components["responses"]["CrossSiteRequestOrInsufficientScope"];
            417: components["responses"]["ExpectationFailed"];
            429: components["responses"]["RateLimited"];
            431: components["responses"]["HeadersTooLarge"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["DeadlineExceededOrTooManyConnectionsOrUnavailable"];
        };
    };
    createWebhook: {
        parameters: {
            query?: never;
            header?: {
                /** @description Makes the request safe to repeat: the same key within 24 hours gets the same answer, and nothing is made twice. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description Where events are sent, by HTTPS. */
                    url: string;
                    /** @description All events if it is left out. */
                    events?: ("job.completed" | "job.failed" | "job.canceled")[];
                    /** @description For the user to tell his endpoints apart. */
                    description?: string;
                };
            };
        };
        responses: {
            /** @description The webhook, with its secret */
            201: {
                headers: {
                    /** @description `true` for the answer of an earlier request with the same key. */
                    "Idempotency-Replayed"?: string;
                    "X-Request-Id": components["headers"]["RequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CreatedWebhook"];
                };
            };
            400: components["responses"]["AuthorizationRepeatedOrIdempotencyKeyInvalidOrInvalidQueryOrMalformedJsonOrRequestMalformed"];
            401: components["responses"]["TokenExpiredOrTokenInvalidOrTokenMissing"];
            403: components["responses"]["CrossSiteRequestOrInsufficientScope"];
            408: components["responses"]["RequestTimeout"];
            /**
             * @description Conflict
             *
             *     - `idempotency-key-in-use`: The first request with this "Idempotency-Key" still runs. Send it again after "Retry-After" seconds.
             *     - `too-many-webhooks`: You have as many webhooks as a user can have. Delete one that you do not use.
             */
            409: {
                headers: {
                    /** @description Seconds after which the request can succeed. */
                    "Retry-After"?: number;
                    "X-Request-Id": components["headers"]["RequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 409;
                        /** @enum {unknown} */
                        code?: "idempotency-key-in-use" | "too-many-webhooks";
                    };
                };
            };
            413: components["responses"]["BodyTooLarge"];
            415: components["responses"]["EncodingUnsupportedOrJsonExpected"];
            417: components["responses"]["ExpectationFailed"];
            422: components["responses"]["IdempotencyKeyReusedOrInvalidFields"];
            429: components["responses"]["RateLimited"];
            431: components["responses"]["HeadersTooLarge"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["DeadlineExceededOrTooManyConnectionsOrUnavailable"];
        };
    };
    getWebhook: {
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
            /** @description The webhook */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Webhook"];
                };
            };
            400: components["responses"]["AuthorizationRepeatedOrInvalidQueryOrRequestMalformed"];
            401: components["responses"]["TokenExpiredOrTokenInvalidOrTokenMissing"];
            403: components["responses"]["CrossSiteRequestOrInsufficientScope"];
            404: components["responses"]["NotFoundOrWebhookUnknown"];
            417: components["responses"]["ExpectationFailed"];
            429: components["responses"]["RateLimited"];
            431: components["responses"]["HeadersTooLarge"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["DeadlineExceededOrTooManyConnectionsOrUnavailable"];
        };
    };
    deleteWebhook: {
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
            /** @description The webhook is gone */
            204: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["AuthorizationRepeatedOrInvalidQueryOrRequestMalformed"];
            401: components["responses"]["TokenExpiredOrTokenInvalidOrTokenMissing"];
            403: components["responses"]["CrossSiteRequestOrInsufficientScope"];
            404: components["responses"]["NotFoundOrWebhookUnknown"];
            417: components["responses"]["ExpectationFailed"];
            429: components["responses"]["RateLimited"];
            431: components["responses"]["HeadersTooLarge"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["DeadlineExceededOrTooManyConnectionsOrUnavailable"];
        };
    };
    changeWebhook: {
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
                "application/json": {
                    url?: string;
                    events?: ("job.completed" | "job.failed" | "job.canceled")[];
                    description?: string;
                    /** @description `false`: nothing is sent. `true` also enables what was disabled after lasting failure. */
                    enabled?: boolean;
                };
            };
        };
        responses: {
            /** @description The webhook */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Webhook"];
                };
            };
            400: components["responses"]["AuthorizationRepeatedOrInvalidQueryOrMalformedJsonOrRequestMalformed"];
            401: components["responses"]["TokenExpiredOrTokenInvalidOrTokenMissing"];
            403: components["responses"]["CrossSiteRequestOrInsufficientScope"];
            404: components["responses"]["NotFoundOrWebhookUnknown"];
            408: components["responses"]["RequestTimeout"];
            413: components["responses"]["BodyTooLarge"];
            415: components["responses"]["EncodingUnsupportedOrJsonExpected"];
            417: components["responses"]["ExpectationFailed"];
            422: components["responses"]["InvalidFields"];
            429: components["responses"]["RateLimited"];
            431: components["responses"]["HeadersTooLarge"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["DeadlineExceededOrTooManyConnectionsOrUnavailable"];
        };
    };
    rotateWebhookSecret: {
        parameters: {
            query?: never;
            header?: {
                /** @description Makes the request safe to repeat: the same key within 24 hours gets the same answer, and nothing is made twice. */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": {
                    /**
                     * @description How long the secret before signs, too: 0 to 168 hours.
                     * @default 24
                     */
                    overlapHours?: number;
                };
            };
        };
        responses: {
            /** @description The webhook, with its new secret */
            200: {
                headers: {
                    /** @description `true` for the answer of an earlier request with the same key. */
                    "Idempotency-Replayed"?: string;
                    "X-Request-Id": components["headers"]["RequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CreatedWebhook"];
                };
            };
            400: components["responses"]["AuthorizationRepeatedOrIdempotencyKeyInvalidOrInvalidQueryOrMalformedJsonOrRequestMalformed"];
            401: components["responses"]["TokenExpiredOrTokenInvalidOrTokenMissing"];
            403: components["responses"]["CrossSiteRequestOrInsufficientScope"];
            404: components["responses"]["NotFoundOrWebhookUnknown"];
            408: components["responses"]["RequestTimeout"];
            409: components["responses"]["IdempotencyKeyInUse"];
            413: components["responses"]["BodyTooLarge"];
            415: components["responses"]["EncodingUnsupportedOrJsonExpected"];
            417: components["responses"]["ExpectationFailed"];
            422: components["responses"]["IdempotencyKeyReusedOrInvalidFields"];
            429: components["responses"]["RateLimited"];
            431: components["responses"]["HeadersTooLarge"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["DeadlineExceededOrTooManyConnectionsOrUnavailable"];
        };
    };
    testWebhook: {
        parameters: {
            query?: never;
            header?: {
                /** @description Makes the request safe to repeat: the same key within 24 hours gets the same answer, and nothing is made twice. */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Its delivery */
            202: {
                headers: {
                    /** @description `true` for the answer of an earlier request with the same key. */
                    "Idempotency-Replayed"?: string;
                    "X-Request-Id": components["headers"]["RequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WebhookDelivery"];
                };
            };
            400: components["responses"]["AuthorizationRepeatedOrIdempotencyKeyInvalidOrInvalidQueryOrRequestMalformed"];
            401: components["responses"]["TokenExpiredOrTokenInvalidOrTokenMissing"];
            403: components["responses"]["CrossSiteRequestOrInsufficientScope"];
            404: components["responses"]["NotFoundOrWebhookUnknown"];
            /**
             * @description Conflict
             *
             *     - `idempotency-key-in-use`: The first request with this "Idempotency-Key" still runs. Send it again after "Retry-After" seconds.
             *     - `webhook-disabled`: The webhook is disabled. Enable it first: "PATCH" with {"enabled": true}.
             */
            409: {
                headers: {
                    /** @description Seconds after which the request can succeed. */
                    "Retry-After"?: number;
                    "X-Request-Id": components["headers"]["RequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 409;
                        /** @enum {unknown} */
                        code?: "idempotency-key-in-use" | "webhook-disabled";
                    };
                };
            };
            417: components["responses"]["ExpectationFailed"];
            422: components["responses"]["IdempotencyKeyReused"];
            429: components["responses"]["RateLimited"];
            431: components["responses"]["HeadersTooLarge"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["DeadlineExceededOrTooManyConnectionsOrUnavailable"];
        };
    };
    listDeliveries: {
        parameters: {
            query?: {
                /** @description Most deliveries of a page, 1 to 100; 50 by default. */
                limit?: string;
                /** @description Cursor of "next" of the previous page. */
                before?: string;
                state?: "pending" | "delivered" | "failed";
                type?: "job.completed" | "job.failed" | "job.canceled" | "webhook.test";
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One page */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        deliveries: components["schemas"]["WebhookDelivery"][];
                        /** @description Path and query of the next page, if there is one. */
                        next?: string;
                    };
                };
            };
            400: components["responses"]["AuthorizationRepeatedOrInvalidQueryOrRequestMalformed"];
            401: components["responses"]["TokenExpiredOrTokenInvalidOrTokenMissing"];
            403: components["responses"]["CrossSiteRequestOrInsufficientScope"];
            404: components["responses"]["NotFoundOrWebhookUnknown"];
            417: components["responses"]["ExpectationFailed"];
            429: components["responses"]["RateLimited"];
            431: components["responses"]["HeadersTooLarge"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["DeadlineExceededOrTooManyConnectionsOrUnavailable"];
        };
    };
    getDelivery: {
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
            /** @description The delivery */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WebhookDeliveryDetails"];
                };
            };
            400: components["responses"]["AuthorizationRepeatedOrInvalidQueryOrRequestMalformed"];
            401: components["responses"]["TokenExpiredOrTokenInvalidOrTokenMissing"];
            403: components["responses"]["CrossSiteRequestOrInsufficientScope"];
            404: components["responses"]["NotFoundOrWebhookDeliveryUnknownOrWebhookUnknown"];
            417: components["responses"]["ExpectationFailed"];
            429: components["responses"]["RateLimited"];
            431: components["responses"]["HeadersTooLarge"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["DeadlineExceededOrTooManyConnectionsOrUnavailable"];
        };
    };
    replayDelivery: {
        parameters: {
            query?: never;
            header?: {
                /** @description Makes the request safe to repeat: the same key within 24 hours gets the same answer, and nothing is made twice. */
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
                deliveryId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The delivery */
            202: {
                headers: {
                    /** @description `true` for the answer of an earlier request with the same key. */
                    "Idempotency-Replayed"?: string;
                    "X-Request-Id": components["headers"]["RequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WebhookDelivery"];
                };
            };
            400: components["responses"]["AuthorizationRepeatedOrIdempotencyKeyInvalidOrInvalidQueryOrRequestMalformed"];
            401: components["responses"]["TokenExpiredOrTokenInvalidOrTokenMissing"];
            403: components["responses"]["CrossSiteRequestOrInsufficientScope"];
            404: components["responses"]["NotFoundOrWebhookDeliveryUnknownOrWebhookUnknown"];
            /**
             * @description Conflict
             *
             *     - `idempotency-key-in-use`: The first request with this "Idempotency-Key" still runs. Send it again after "Retry-After" seconds.
             *     - `webhook-delivery-pending`: The delivery is on its way, so it cannot be replayed yet.
             *     - `webhook-disabled`: The webhook is disabled. Enable it first: "PATCH" with {"enabled": true}.
             */
            409: {
                headers: {
                    /** @description Seconds after which the request can succeed. */
                    "Retry-After"?: number;
                    "X-Request-Id": components["headers"]["RequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 409;
                        /** @enum {unknown} */
                        code?: "idempotency-key-in-use" | "webhook-delivery-pending" | "webhook-disabled";
                    };
                };
            };
            417: components["responses"]["ExpectationFailed"];
            422: components["responses"]["IdempotencyKeyReused"];
            429: components["responses"]["RateLimited"];
            431: components["responses"]["HeadersTooLarge"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["DeadlineExceededOrTooManyConnectionsOrUnavailable"];
        };
    };
    getAccount: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The account */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        id: string;
                        email: string;
                        emailVerified: boolean;
                        pendingEmail?: string;
                        roles: string[];
                        notices: boolean;
                        /** @enum {string} */
                        language: "en" | "de";
                        /** Format: date-time */
                        createdAt: string;
                    };
                };
            };
            400: components["responses"]["AuthorizationRepeatedOrInvalidQueryOrRequestMalformed"];
            401: components["responses"]["TokenExpiredOrTokenInvalidOrTokenMissing"];
            403: components["responses"]["CrossSiteRequestOrInsufficientScope"];
            417: components["responses"]["ExpectationFailed"];
            429: components["responses"]["RateLimited"];
            431: components["responses"]["HeadersTooLarge"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["DeadlineExceededOrTooManyConnectionsOrUnavailable"];
        };
    };
    deleteAccount: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    password: string;
                };
            };
        };
        responses: {
            /** @description The account is deleted */
            204: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["AuthorizationRepeatedOrInvalidQueryOrMalformedJsonOrRequestMalformed"];
            401: components["responses"]["TokenExpiredOrTokenInvalidOrTokenMissing"];
            403: components["responses"]["CrossSiteRequestOrInsufficientScopeOrPasswordWrong"];
            408: components["responses"]["RequestTimeout"];
            413: components["responses"]["BodyTooLarge"];
            415: components["responses"]["EncodingUnsupportedOrJsonExpected"];
            417: components["responses"]["ExpectationFailed"];
            422: components["responses"]["InvalidFields"];
            429: components["responses"]["RateLimitedOrTooManyAttempts"];
            431: components["responses"]["HeadersTooLarge"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["BusyOrDeadlineExceededOrTooManyConnectionsOrUnavailable"];
        };
    };
    changeAccount: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description Whether mails tell of the ends of jobs. Mails about the account itself always come. */
                    notices?: boolean;
                    /**
                     * @description Language of mails.
                     * @enum {string}
                     */
                    language?: "en" | "de";
                };
            };
        };
        responses: {
            /** @description The account */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        id: string;
                        email: string;
                        emailVerified: boolean;
                        pendingEmail?: string;
                        roles: string[];
                        notices: boolean;
                        /** @enum {string} */
                        language: "en" | "de";
                        /** Format: date-time */
                        createdAt: string;
                    };
                };
            };
            400: components["responses"]["AuthorizationRepeatedOrInvalidQueryOrMalformedJsonOrRequestMalformed"];
            401: components["responses"]["TokenExpiredOrTokenInvalidOrTokenMissing"];
            403: components["responses"]["CrossSiteRequestOrInsufficientScope"];
            408: components["responses"]["RequestTimeout"];
            413: components["responses"]["BodyTooLarge"];
            415: components["responses"]["EncodingUnsupportedOrJsonExpected"];
            417: components["responses"]["ExpectationFailed"];
            422: components["responses"]["InvalidFields"];
            429: components["responses"]["RateLimited"];
            431: components["responses"]["HeadersTooLarge"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["DeadlineExceededOrTooManyConnectionsOrUnavailable"];
        };
    };
    changePassword: {
        parameters: {
            query?: never;
            header?: {
                /** @description Makes the request safe to repeat: the same key within 24 hours gets the same answer, and nothing is made twice. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    current_password: string;
                    new_password: string;
                };
            };
        };
        responses: {
            /** @description The password is changed */
            204: {
                headers: {
                    /** @description `true` for the answer of an earlier request with the same key. */
                    "Idempotency-Replayed"?: string;
                    "X-Request-Id": components["headers"]["RequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["AuthorizationRepeatedOrIdempotencyKeyInvalidOrInvalidQueryOrMalformedJsonOrRequestMalformed"];
            401: components["responses"]["TokenExpiredOrTokenInvalidOrTokenMissing"];
            403: components["responses"]["CrossSiteRequestOrInsufficientScopeOrPasswordWrong"];
            408: components["responses"]["RequestTimeout"];
            409: components["responses"]["IdempotencyKeyInUse"];
            413: components["responses"]["BodyTooLarge"];
            415: components["responses"]["EncodingUnsupportedOrJsonExpected"];
            417: components["responses"]["ExpectationFailed"];
            422: components["responses"]["IdempotencyKeyReusedOrInvalidFields"];
            429: components["responses"]["RateLimitedOrTooManyAttempts"];
            431: components["responses"]["HeadersTooLarge"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["BusyOrDeadlineExceededOrTooManyConnectionsOrUnavailable"];
        };
    };
    changeEmail: {
        parameters: {
            query?: never;
            header?: {
                /** @description Makes the request safe to repeat: the same key within 24 hours gets the same answer, and nothing is made twice. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    password: string;
                    /** Format: email */
                    email: string;
                };
            };
        };
        responses: {
            /** @description The new address is to be confirmed, by the link in a mail */
            202: {
                headers: {
                    /** @description `true` for the answer of an earlier request with the same key. */
                    "Idempotency-Replayed"?: string;
                    "X-Request-Id": components["headers"]["RequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The address is changed: this installation sends no mail */
            204: {
                headers: {
                    /** @description `true` for the answer of an earlier request with the same key. */
                    "Idempotency-Replayed"?: string;
                    "X-Request-Id": components["headers"]["RequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["AuthorizationRepeatedOrIdempotencyKeyInvalidOrInvalidQueryOrMalformedJsonOrRequestMalformed"];
            401: components["responses"]["TokenExpiredOrTokenInvalidOrTokenMissing"];
            403: components["responses"]["CrossSiteRequestOrInsufficientScopeOrPasswordWrong"];
            408: components["responses"]["RequestTimeout"];
            409: components["responses"]["EmailTakenOrIdempotencyKeyInUse"];
            413: components["responses"]["BodyTooLarge"];
            415: components["responses"]["EncodingUnsupportedOrJsonExpected"];
            417: components["responses"]["ExpectationFailed"];
            422: components["responses"]["IdempotencyKeyReusedOrInvalidFields"];
            429: components["responses"]["RateLimitedOrTooManyAttempts"];
            431: components["responses"]["HeadersTooLarge"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["BusyOrDeadlineExceededOrTooManyConnectionsOrUnavailable"];
        };
    };
    confirmEmail: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    token: string;
                };
            };
        };
        responses: {
            /** @description The account has its new address */
            204: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["InvalidQueryOrMalformedJsonOrOneTimeTokenInvalidOrRequestMalformed"];
            408: components["responses"]["RequestTimeout"];
            /**
             * @description Conflict
             *
             *     - `email-taken`: The e-mail address is registered already. Log in, or register another one.
             */
            409: {
                headers: {
                    /** @description Seconds after which the request can succeed. */
                    "Retry-After"?: number;
                    "X-Request-Id": components["headers"]["RequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 409;
                        /** @enum {unknown} */
                        code?: "email-taken";
                    };
                };
            };
            413: components["responses"]["BodyTooLarge"];
            415: components["responses"]["EncodingUnsupportedOrJsonExpected"];
            417: components["responses"]["ExpectationFailed"];
            422: components["responses"]["InvalidFields"];
            429: components["responses"]["RateLimited"];
            431: components["responses"]["HeadersTooLarge"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["DeadlineExceededOrTooManyConnectionsOrUnavailable"];
        };
    };
    showVerifyEmail: {
        parameters: {
            query: {
                token: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The page. It changes nothing: programs that look for harmful links open every link in a mail. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "text/html": string;
                };
            };
            /**
             * @description Bad Request
             *
             *     - `invalid-query`: A parameter of the query is unknown or has a value that it cannot have. The detail names it.
             *     - `request-malformed`: The request is no HTTP that the service understands. The detail says what is wrong with it.
             */
            400: {
                headers: {
                    /** @description How to prove who you are (RFC 9110, section 11.6.1). */
                    "WWW-Authenticate"?: string;
                    "X-Request-Id": components["headers"]["RequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "text/html": string;
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 400;
                        /** @enum {unknown} */
                        code?: "invalid-query" | "request-malformed";
                    };
                };
            };
            417: components["responses"]["ExpectationFailed"];
            /**
             * @description Too Many Requests
             *
             *     - `rate-limited`: Too many requests. Wait as many seconds as the header "Retry-After" says.
             */
            429: {
                headers: {
                    /** @description Seconds to wait before the request is sent again. */
                    "Retry-After": number;
                    "X-Request-Id": components["headers"]["RequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "text/html": string;
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 429;
                        /** @enum {unknown} */
                        code?: "rate-limited";
                    };
                };
            };
            431: components["responses"]["HeadersTooLarge"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["DeadlineExceededOrTooManyConnectionsOrUnavailable"];
        };
    };
    verifyEmail: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    token: string;
                };
            };
        };
        responses: {
            /** @description The address is verified */
            204: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["InvalidQueryOrMalformedJsonOrOneTimeTokenInvalidOrRequestMalformed"];
            408: components["responses"]["RequestTimeout"];
            413: components["responses"]["BodyTooLarge"];
            415: components["responses"]["EncodingUnsupportedOrJsonExpected"];
            417: components["responses"]["ExpectationFailed"];
            422: components["responses"]["InvalidFields"];
            429: components["responses"]["RateLimited"];
            431: components["responses"]["HeadersTooLarge"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["DeadlineExceededOrTooManyConnectionsOrUnavailable"];
        };
    };
    resendVerification: {
        parameters: {
            query?: never;
            header?: {
                /** @description Makes the request safe to repeat: the same key within 24 hours gets the same answer, and nothing is made twice. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The mail is on its way, unless the address has got many */
            202: {
                headers: {
                    /** @description `true` for the answer of an earlier request with the same key. */
                    "Idempotency-Replayed"?: string;
                    "X-Request-Id": components["headers"]["RequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["AuthorizationRepeatedOrIdempotencyKeyInvalidOrInvalidQueryOrRequestMalformed"];
            401: components["responses"]["TokenExpiredOrTokenInvalidOrTokenMissing"];
            403: components["responses"]["CrossSiteRequestOrInsufficientScope"];
            /**
             * @description Conflict
             *
             *     - `email-verified-already`: The e-mail address is verified.
             *     - `idempotency-key-in-use`: The first request with this "Idempotency-Key" still runs. Send it again after "Retry-After" seconds.
             */
            409: {
                headers: {
                    /** @description Seconds after which the request can succeed. */
                    "Retry-After"?: number;
                    "X-Request-Id": components["headers"]["RequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 409;
                        /** @enum {unknown} */
                        code?: "email-verified-already" | "idempotency-key-in-use";
                    };
                };
            };
            417: components["responses"]["ExpectationFailed"];
            422: components["responses"]["IdempotencyKeyReused"];
            429: components["responses"]["RateLimited"];
            431: components["responses"]["HeadersTooLarge"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["DeadlineExceededOrTooManyConnectionsOrUnavailable"];
        };
    };
    requestPasswordReset: {
        parameters: {
            query?: never;
            header?: {
                /** @description Makes the request safe to repeat: the same key within 24 hours gets the same answer, and nothing is made twice. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** Format: email */
                    email: string;
                };
            };
        };
        responses: {
            /** @description If the address has an account, the mail is on its way */
            202: {
                headers: {
                    /** @description `true` for the answer of an earlier request with the same key. */
                    "Idempotency-Replayed"?: string;
                    "X-Request-Id": components["headers"]["RequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["IdempotencyKeyInvalidOrInvalidQueryOrMalformedJsonOrRequestMalformed"];
            408: components["responses"]["RequestTimeout"];
            /**
             * @description Conflict
             *
             *     - `idempotency-key-in-use`: The first request with this "Idempotency-Key" still runs. Send it again after "Retry-After" seconds.
             *     - `mail-off`: This installation sends no mail, so it cannot do this.
             */
            409: {
                headers: {
                    /** @description Seconds after which the request can succeed. */
                    "Retry-After"?: number;
                    "X-Request-Id": components["headers"]["RequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 409;
                        /** @enum {unknown} */
                        code?: "idempotency-key-in-use" | "mail-off";
                    };
                };
            };
            413: components["responses"]["BodyTooLarge"];
            415: components["responses"]["EncodingUnsupportedOrJsonExpected"];
            417: components["responses"]["ExpectationFailed"];
            422: components["responses"]["IdempotencyKeyReusedOrInvalidFields"];
            429: components["responses"]["RateLimited"];
            431: components["responses"]["HeadersTooLarge"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["DeadlineExceededOrTooManyConnectionsOrUnavailable"];
        };
    };
    resetPassword: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    token: string;
                    password: string;
                };
            };
        };
        responses: {
            /** @description The password is changed. Log in with it. */
            204: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["InvalidQueryOrMalformedJsonOrOneTimeTokenInvalidOrRequestMalformed"];
            408: components["responses"]["RequestTimeout"];
            413: components["responses"]["BodyTooLarge"];
            415: components["responses"]["EncodingUnsupportedOrJsonExpected"];
            417: components["responses"]["ExpectationFailed"];
            422: components["responses"]["InvalidFields"];
            429: components["responses"]["RateLimited"];
            431: components["responses"]["HeadersTooLarge"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["BusyOrDeadlineExceededOrTooManyConnectionsOrUnavailable"];
        };
    };
    listAudit: {
        parameters: {
            query?: {
                /** @description Most elements of a page, 1 to 100; 50 by default. */
                limit?: string;
                /** @description Cursor of "next" of the previous page. */
                before?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One page */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        entries: {
                            id: string;
                            /** Format: date-time */
                            at: string;
                            /** @enum {string} */
                            action: "registered" | "guest-created" | "email-verified" | "password-reset-requested" | "password-reset" | "password-changed" | "email-change-requested" | "email-changed" | "account-exported" | "account-deleted" | "logged-in" | "logged-out" | "session-ended" | "refresh-token-reused" | "api-key-created" | "api-key-revoked" | "webhook-created" | "webhook-changed" | "webhook-deleted" | "webhook-secret-rotated" | "webhook-disabled" | "notices-changed" | "account-locked" | "account-unlocked" | "role-granted" | "dead-letter-replayed" | "dead-letter-removed" | "upkeep-requested";
                            /** @enum {string} */
                            by: "user" | "admin" | "anonymous";
                            clientAddress?: string;
                            userAgent?: string;
                            detail?: {
                                [key: string]: string | number | boolean;
                            };
                        }[];
                        next?: string;
                    };
                };
            };
            400: components["responses"]["AuthorizationRepeatedOrInvalidQueryOrRequestMalformed"];
            401: components["responses"]["TokenExpiredOrTokenInvalidOrTokenMissing"];
            403: components["responses"]["CrossSiteRequestOrInsufficientScope"];
            417: components["responses"]["ExpectationFailed"];
            429: components["responses"]["RateLimited"];
            431: components["responses"]["HeadersTooLarge"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["DeadlineExceededOrTooManyConnectionsOrUnavailable"];
        };
    };
    listUsers: {
        parameters: {
            query?: {
                /** @description Most elements of a page, 1 to 100; 50 by default. */
                limit?: string;
                /** @description Cursor of "next" of the previous page. */
                before?: string;
                /** @description Beginning of the e-mail address, in upper or lower case. */
                email?: string;
                /** @description Ids of users, 100 at most, with commas between them. */
                ids?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One page */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        users: {
                            id: string;
                            email: string;
                            emailVerified: boolean;
                            roles: string[];
                            /** Format: date-time */
                            createdAt: string;
                            /** Format: date-time */
                            lockedAt?: string;
                        }[];
                        next?: string;
                    };
                };
            };
            400: components["responses"]["AuthorizationRepeatedOrInvalidQueryOrRequestMalformed"];
            401: components["responses"]["TokenExpiredOrTokenInvalidOrTokenMissing"];
            403: components["responses"]["CrossSiteRequestOrInsufficientScope"];
            417: components["responses"]["ExpectationFailed"];
            429: components["responses"]["RateLimited"];
            431: components["responses"]["HeadersTooLarge"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["DeadlineExceededOrTooManyConnectionsOrUnavailable"];
        };
    };
    lockUser: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of a user. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The account */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        id: string;
                        email: string;
                        emailVerified: boolean;
                        roles: string[];
                        /** Format: date-time */
                        createdAt: string;
                        /** Format: date-time */
                        lockedAt?: string;
                    };
                };
            };
            400: components["responses"]["AuthorizationRepeatedOrInvalidQueryOrRequestMalformed"];
            401: components["responses"]["TokenExpiredOrTokenInvalidOrTokenMissing"];
            403: components["responses"]["CrossSiteRequestOrInsufficientScope"];
            404: components["responses"]["NotFoundOrUserUnknown"];
            /**
             * @description Conflict
             *
             *     - `own-account`: Admins cannot lock themselves. Another admin can.
             */
            409: {
                headers: {
                    /** @description Seconds after which the request can succeed. */
                    "Retry-After"?: number;
                    "X-Request-Id": components["headers"]["RequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 409;
                        /** @enum {unknown} */
                        code?: "own-account";
                    };
                };
            };
            417: components["responses"]["ExpectationFailed"];
            429: components["responses"]["RateLimited"];
            431: components["responses"]["HeadersTooLarge"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["DeadlineExceededOrTooManyConnectionsOrUnavailable"];
        };
    };
    unlockUser: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of a user. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The account */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        id: string;
                        email: string;
                        emailVerified: boolean;
                        roles: string[];
                        /** Format: date-time */
                        createdAt: string;
                        /** Format: date-time */
                        lockedAt?: string;
                    };
                };
            };
            400: components["responses"]["AuthorizationRepeatedOrInvalidQueryOrRequestMalformed"];
            401: components["responses"]["TokenExpiredOrTokenInvalidOrTokenMissing"];
            403: components["responses"]["CrossSiteRequestOrInsufficientScope"];
            404: components["responses"]["NotFoundOrUserUnknown"];
            417: components["responses"]["ExpectationFailed"];
            429: components["responses"]["RateLimited"];
            431: components["responses"]["HeadersTooLarge"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["DeadlineExceededOrTooManyConnectionsOrUnavailable"];
        };
    };
    listAuditLog: {
        parameters: {
            query?: {
                /** @description Most elements of a page, 1 to 100; 50 by default. */
                limit?: string;
                /** @description Cursor of "next" of the previous page. */
                before?: string;
                /** @description Account that it was done to. */
                userId?: string;
                /** @description User who did it. */
                actorId?: string;
                action?: "registered" | "guest-created" | "email-verified" | "password-reset-requested" | "password-reset" | "password-changed" | "email-change-requested" | "email-changed" | "account-exported" | "account-deleted" | "logged-in" | "logged-out" | "session-ended" | "refresh-token-reused" | "api-key-created" | "api-key-revoked" | "webhook-created" | "webhook-changed" | "webhook-deleted" | "webhook-secret-rotated" | "webhook-disabled" | "notices-changed" | "account-locked" | "account-unlocked" | "role-granted" | "dead-letter-replayed" | "dead-letter-removed" | "upkeep-requested";
                /** @description Network address that it was done from. */
                clientAddress?: string;
                /** @description At or after this time. */
                from?: string;
                /** @description Before this time. */
                to?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One page */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        entries: {
                            id: string;
                            /** Format: date-time */
                            at: string;
                            /** @enum {string} */
                            action: "registered" | "guest-created" | "email-verified" | "password-reset-requested" | "password-reset" | "password-changed" | "email-change-requested" | "email-changed" | "account-exported" | "account-deleted" | "logged-in" | "logged-out" | "session-ended" | "refresh-token-reused" | "api-key-created" | "api-key-revoked" | "webhook-created" | "webhook-changed" | "webhook-deleted" | "webhook-secret-rotated" | "webhook-disabled" | "notices-changed" | "account-locked" | "account-unlocked" | "role-granted" | "dead-letter-replayed" | "dead-letter-removed" | "upkeep-requested";
                            clientAddress?: string;
                            userAgent?: string;
                            detail?: {
                                [key: string]: string | number | boolean;
                            };
                            userId: string;
                            actorId?: string;
                        }[];
                        next?: string;
                    };
                };
            };
            400: components["responses"]["AuthorizationRepeatedOrInvalidQueryOrRequestMalformed"];
            401: components["responses"]["TokenExpiredOrTokenInvalidOrTokenMissing"];
            403: components["responses"]["CrossSiteRequestOrInsufficientScope"];
            417: components["responses"]["ExpectationFailed"];
            429: components["responses"]["RateLimited"];
            431: components["responses"]["HeadersTooLarge"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["DeadlineExceededOrTooManyConnectionsOrUnavailable"];
        };
    };
    getSession: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Who it is, or that it is nobody */
            200: {
                headers: {
                    /** @description Removes the cookie of a session that has ended. */
                    "Set-Cookie"?: string;
                    "X-Request-Id": components["headers"]["RequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** @description `null` if nobody is signed in. */
                        user: components["schemas"]["SessionUser"] | null;
                    };
                };
            };
            400: components["responses"]["InvalidQueryOrRequestMalformed"];
            403: components["responses"]["CrossSiteRequest"];
            417: components["responses"]["ExpectationFailed"];
            429: components["responses"]["RateLimited"];
            431: components["responses"]["HeadersTooLarge"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["DeadlineExceededOrTooManyConnectionsOrUnavailable"];
        };
    };
    startSession: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    email: string;
                    password: string;
                };
            };
        };
        responses: {
            /** @description Who is signed in now */
            201: {
                headers: {
                    /** @description The session: for the browser alone, no script can read it. */
                    "Set-Cookie": string;
                    "X-Request-Id": components["headers"]["RequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        user: components["schemas"]["SessionUser"];
                    };
                };
            };
            400: components["responses"]["InvalidQueryOrMalformedJsonOrRequestMalformed"];
            /**
             * @description Unauthorized
             *
             *     - `credentials-wrong`: E-mail address or password is wrong.
             */
            401: {
                headers: {
                    /** @description How to prove who you are (RFC 9110, section 11.6.1). */
                    "WWW-Authenticate": string;
                    "X-Request-Id": components["headers"]["RequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 401;
                        /** @enum {unknown} */
                        code?: "credentials-wrong";
                    };
                };
            };
            /**
             * @description Forbidden
             *
             *     - `account-locked`: An administrator has locked the account.
             *     - `cross-site-request`: The request is not from a page of this service, so the session of the browser does not count for it. Programs send a token.
             */
            403: {
                headers: {
                    /** @description How to prove who you are (RFC 9110, section 11.6.1). */
                    "WWW-Authenticate"?: string;
                    "X-Request-Id": components["headers"]["RequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 403;
                        /** @enum {unknown} */
                        code?: "account-locked" | "cross-site-request";
                    };
                };
            };
            408: components["responses"]["RequestTimeout"];
            413: components["responses"]["BodyTooLarge"];
            415: components["responses"]["EncodingUnsupportedOrJsonExpected"];
            417: components["responses"]["ExpectationFailed"];
            422: components["responses"]["InvalidFields"];
            429: components["responses"]["RateLimitedOrTooManyAttempts"];
            431: components["responses"]["HeadersTooLarge"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["BusyOrDeadlineExceededOrTooManyConnectionsOrUnavailable"];
        };
    };
    stopSession: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Nobody is signed in */
            204: {
                headers: {
                    /** @description Removes the cookie. */
                    "Set-Cookie": string;
                    "X-Request-Id": components["headers"]["RequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["InvalidQueryOrRequestMalformed"];
            403: components["responses"]["CrossSiteRequest"];
            417: components["responses"]["ExpectationFailed"];
            429: components["responses"]["RateLimited"];
            431: components["responses"]["HeadersTooLarge"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["DeadlineExceededOrTooManyConnectionsOrUnavailable"];
        };
    };
    startGuestSession: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Somebody is signed in already */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        user: components["schemas"]["SessionUser"];
                    };
                };
            };
            /** @description The new guest */
            201: {
                headers: {
                    /** @description The session: for the browser alone, no script can read it. */
                    "Set-Cookie": string;
                    "X-Request-Id": components["headers"]["RequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        user: components["schemas"]["SessionUser"];
                    };
                };
            };
            400: components["responses"]["InvalidQueryOrRequestMalformed"];
            /**
             * @description Forbidden
             *
             *     - `cross-site-request`: The request is not from a page of this service, so the session of the browser does not count for it. Programs send a token.
             *     - `guests-off`: This installation takes no guests. Register, or sign in.
             */
            403: {
                headers: {
                    /** @description How to prove who you are (RFC 9110, section 11.6.1). */
                    "WWW-Authenticate"?: string;
                    "X-Request-Id": components["headers"]["RequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 403;
                        /** @enum {unknown} */
                        code?: "cross-site-request" | "guests-off";
                    };
                };
            };
            417: components["responses"]["ExpectationFailed"];
            429: components["responses"]["RateLimited"];
            431: components["responses"]["HeadersTooLarge"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["DeadlineExceededOrTooManyConnectionsOrUnavailable"];
        };
    };
    getService: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What it offers */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ServiceInfo"];
                };
            };
            400: components["responses"]["InvalidQueryOrRequestMalformed"];
            417: components["responses"]["ExpectationFailed"];
            429: components["responses"]["RateLimited"];
            431: components["responses"]["HeadersTooLarge"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["DeadlineExceededOrTooManyConnectionsOrUnavailable"];
        };
    };
    getAccountUsage: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Numbers of now */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AccountUsage"];
                };
            };
            400: components["responses"]["AuthorizationRepeatedOrInvalidQueryOrRequestMalformed"];
            401: components["responses"]["TokenExpiredOrTokenInvalidOrTokenMissing"];
            403: components["responses"]["CrossSiteRequestOrInsufficientScope"];
            417: components["responses"]["ExpectationFailed"];
            429: components["responses"]["RateLimited"];
            431: components["responses"]["HeadersTooLarge"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["DeadlineExceededOrTooManyConnectionsOrUnavailable"];
        };
    };
    exportAccount: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Account, sessions, API keys without the keys themselves, the audit log, and all jobs with their files */
            200: {
                headers: {
                    /** @description Name for the file (RFC 6266). */
                    "Content-Disposition": string;
                    "X-Request-Id": components["headers"]["RequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: date-time */
                        exportedAt: string;
                        account: {
                            id: string;
                            email: string;
                            emailVerified: boolean;
                            pendingEmail?: string;
                            roles: string[];
                            notices: boolean;
                            /** @enum {string} */
                            language: "en" | "de";
                            /** Format: date-time */
                            createdAt: string;
                        };
                        sessions: {
                            [key: string]: unknown;
                        }[];
                        apiKeys: {
                            [key: string]: unknown;
                        }[];
                        webhooks: components["schemas"]["Webhook"][];
                        webhookDeliveries: {
                            id: string;
                            /** @description `webhook-id` of its requests: the same at every attempt and every replay. */
                            eventId: string;
                            /** @enum {string} */
                            type: "job.completed" | "job.failed" | "job.canceled" | "webhook.test";
                            /** @enum {string} */
                            state: "pending" | "delivered" | "failed";
                            /** @description How often it was sent. */
                            attempts: number;
                            /** Format: date-time */
                            createdAt: string;
                            /** Format: date-time */
                            lastAttemptAt?: string;
                            /** @description Status of the last answer. Absent if there was none. */
                            lastStatus?: number;
                            /** @description Why the last attempt failed. */
                            lastError?: string;
                            /** @description `lastError` as data, if it is known. */
                            explanation?: components["schemas"]["Explanation"];
                            /** @description The body, as it is sent. */
                            payload: {
                                [key: string]: unknown;
                            };
                        }[];
                        audit: {
                            id: string;
                            /** Format: date-time */
                            at: string;
                            /** @enum {string} */
                            action: "registered" | "guest-created" | "email-verified" | "password-reset-requested" | "password-reset" | "password-changed" | "email-change-requested" | "email-changed" | "account-exported" | "account-deleted" | "logged-in" | "logged-out" | "session-ended" | "refresh-token-reused" | "api-key-created" | "api-key-revoked" | "webhook-created" | "webhook-changed" | "webhook-deleted" | "webhook-secret-rotated" | "webhook-disabled" | "notices-changed" | "account-locked" | "account-unlocked" | "role-granted" | "dead-letter-replayed" | "dead-letter-removed" | "upkeep-requested";
                            /** @enum {string} */
                            by: "user" | "admin" | "anonymous";
                            clientAddress?: string;
                            userAgent?: string;
                            detail?: {
                                [key: string]: string | number | boolean;
                            };
                        }[];
                        jobs: components["schemas"]["Job"][];
                    };
                };
            };
            400: components["responses"]["AuthorizationRepeatedOrInvalidQueryOrRequestMalformed"];
            401: components["responses"]["TokenExpiredOrTokenInvalidOrTokenMissing"];
            403: components["responses"]["CrossSiteRequestOrInsufficientScope"];
            417: components["responses"]["ExpectationFailed"];
            429: components["responses"]["RateLimitedOrTooManyDownloads"];
            431: components["responses"]["HeadersTooLarge"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["DeadlineExceededOrTooManyConnectionsOrUnavailable"];
        };
    };
    upload: {
        parameters: {
            query?: {
                fileName?: string;
                format?: "mp3" | "m4a" | "opus" | "flac" | "wav";
                bitrate?: number;
                quality?: number;
                sampleRate?: number;
                channels?: 1 | 2;
                track?: number | string;
                start?: number;
                end?: number;
                normalize?: boolean;
                title?: string;
                artist?: string;
                album?: string;
                tags?: "keep" | "drop";
                cover?: "keep" | "drop";
                onDamage?: "deliver" | "fail";
            };
            header?: {
                /** @description Name of a file that is the body itself (RFC 6266). */
                "Content-Disposition"?: string;
                /** @description Makes the request safe to repeat: the same key within 24 hours gets the same answer, and nothing is made twice. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "multipart/form-data": {
                    /**
                     * Format: binary
                     * @description The video.
                     */
                    file: string;
                    /**
                     * @default mp3
                     * @enum {string}
                     */
                    format?: "mp3" | "m4a" | "opus" | "flac" | "wav";
                    /** @description Bit rate in kbit/s: 64 to 320 for mp3, 32 to 320 for m4a and opus; flac and wav have none. */
                    bitrate?: number;
                    /** @description Quality of an mp3 of variable bit rate, 0 the best; not together with bitrate. */
                    quality?: number;
                    /** @description Sample rate in Hz, one that the format has. mp3 has 44,100 by default, the others that of the file. */
                    sampleRate?: number;
                    /** @description mp3 has 2 by default, the others as many as the file, 2 at most. */
                    channels?: 1 | 2;
                    /** @description Audio track: its number, 1 for the first, or its language, such as "de" or "deu". */
                    track?: number | string;
                    /** @description Where the audio begins, in seconds. */
                    start?: number;
                    /** @description Where the audio ends, in seconds. */
                    end?: number;
                    /**
                     * @description Whether the loudness becomes that of EBU R128.
                     * @default false
                     */
                    normalize?: boolean;
                    title?: string;
                    artist?: string;
                    album?: string;
                    /**
                     * @description What happens to the tags of the file.
                     * @default keep
                     * @enum {string}
                     */
                    tags?: "keep" | "drop";
                    /**
                     * @description What happens to the picture of the file.
                     * @default keep
                     * @enum {string}
                     */
                    cover?: "keep" | "drop";
                    /**
                     * @description Of a damaged file: deliver what can be decoded, with warnings, or fail.
                     * @default deliver
                     * @enum {string}
                     */
                    onDamage?: "deliver" | "fail";
                };
                "video/*": string;
                "audio/*": string;
                "application/octet-stream": string;
            };
        };
        responses: {
            /** @description The job that converts the video */
            202: {
                headers: {
                    /** @description Address of the job. */
                    Location: string;
                    /** @description `true` for the answer of an earlier request with the same key. */
                    "Idempotency-Replayed"?: string;
                    "X-Request-Id": components["headers"]["RequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Job"];
                };
            };
            /**
             * @description Bad Request
             *
             *     - `authorization-repeated`: The request has several "Authorization" headers. Send one.
             *     - `form-malformed`: The form is malformed or breaks off (multipart/form-data, RFC 7578). The detail says where.
             *     - `idempotency-key-invalid`: The "Idempotency-Key" is malformed. Send a UUID in quotes.
             *     - `invalid-query`: A parameter of the query is unknown or has a value that it cannot have. The detail names it.
             *     - `part-headers-too-large`: The headers of a part of the form are too large. "maxBytes" says how many bytes they may have.
             *     - `request-malformed`: The request is no HTTP that the service understands. The detail says what is wrong with it.
             */
            400: {
                headers: {
                    /** @description How to prove who you are (RFC 9110, section 11.6.1). */
                    "WWW-Authenticate"?: string;
                    "X-Request-Id": components["headers"]["RequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 400;
                        /** @enum {unknown} */
                        code?: "authorization-repeated" | "form-malformed" | "idempotency-key-invalid" | "invalid-query" | "part-headers-too-large" | "request-malformed";
                    };
                };
            };
            401: components["responses"]["TokenExpiredOrTokenInvalidOrTokenMissing"];
            403: components["responses"]["CrossSiteRequestOrInsufficientScope"];
            408: components["responses"]["RequestTimeoutOrUploadTooSlow"];
            409: components["responses"]["IdempotencyKeyInUse"];
            /**
             * @description Payload Too Large
             *
             *     - `body-too-large`: The body has more bytes than the endpoint takes. The detail says how many that are.
             *     - `file-too-large`: The file has more bytes than the service takes. "maxBytes" says how many that are.
             *     - `form-too-large`: The form has too many fields, or too large ones, beside the file.
             *     - `storage-quota-exceeded`: The file does not fit what you may store. "maxBytes" says how much that is, "storedBytes" what you store, uploads that run included. Delete jobs, or wait until files expire.
             */
            413: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 413;
                        /** @enum {unknown} */
                        code?: "body-too-large" | "file-too-large" | "form-too-large" | "storage-quota-exceeded";
                    };
                };
            };
            415: components["responses"]["VideoExpected"];
            417: components["responses"]["ExpectationFailed"];
            /**
             * @description Unprocessable Entity
             *
             *     - `file-empty`: The file is empty.
             *     - `file-expected`: The form has no file in the field "file".
             *     - `idempotency-key-reused`: Another request was sent with this "Idempotency-Key". Send a new key with each new request.
             *     - `options-invalid`: An option of the conversion is unknown, or has a value that it cannot have. "errors" names each field.
             *     - `several-files`: The form has more than one file. Send each in an upload of its own.
             */
            422: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 422;
                        /** @enum {unknown} */
                        code?: "file-empty" | "file-expected" | "idempotency-key-reused" | "options-invalid" | "several-files";
                    };
                };
            };
            429: components["responses"]["RateLimitedOrTooManyOpenJobsOrTooManyUploadsOrUploadQuotaUsedUp"];
            431: components["responses"]["HeadersTooLarge"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["DeadlineExceededOrTooManyConnectionsOrUnavailableOrUploadsBusy"];
            507: components["responses"]["StoreFull"];
        };
    };
    uploadFile: {
        parameters: {
            query?: {
                format?: "mp3" | "m4a" | "opus" | "flac" | "wav";
                bitrate?: number;
                quality?: number;
                sampleRate?: number;
                channels?: 1 | 2;
                track?: number | string;
                start?: number;
                end?: number;
                normalize?: boolean;
                title?: string;
                artist?: string;
                album?: string;
                tags?: "keep" | "drop";
                cover?: "keep" | "drop";
                onDamage?: "deliver" | "fail";
            };
            header?: {
                /** @description Makes the request safe to repeat: the same key within 24 hours gets the same answer, and nothing is made twice. */
                "Idempotency-Key"?: string;
            };
            path: {
                /** @description Name of the file, for display and download. */
                fileName: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "video/*": string;
                "audio/*": string;
                "application/octet-stream": string;
            };
        };
        responses: {
            /** @description The job that converts the video */
            202: {
                headers: {
                    /** @description Address of the job. */
                    Location: string;
                    /** @description `true` for the answer of an earlier request with the same key. */
                    "Idempotency-Replayed"?: string;
                    "X-Request-Id": components["headers"]["RequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Job"];
                };
            };
            400: components["responses"]["AuthorizationRepeatedOrIdempotencyKeyInvalidOrInvalidQueryOrRequestMalformed"];
            401: components["responses"]["TokenExpiredOrTokenInvalidOrTokenMissing"];
            403: components["responses"]["CrossSiteRequestOrInsufficientScope"];
            404: components["responses"]["NotFound"];
            408: components["responses"]["RequestTimeoutOrUploadTooSlow"];
            409: components["responses"]["IdempotencyKeyInUse"];
            /**
             * @description Payload Too Large
             *
             *     - `body-too-large`: The body has more bytes than the endpoint takes. The detail says how many that are.
             *     - `file-too-large`: The file has more bytes than the service takes. "maxBytes" says how many that are.
             *     - `storage-quota-exceeded`: The file does not fit what you may store. "maxBytes" says how much that is, "storedBytes" what you store, uploads that run included. Delete jobs, or wait until files expire.
             */
            413: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 413;
                        /** @enum {unknown} */
                        code?: "body-too-large" | "file-too-large" | "storage-quota-exceeded";
                    };
                };
            };
            415: components["responses"]["VideoExpected"];
            417: components["responses"]["ExpectationFailed"];
            /**
             * @description Unprocessable Entity
             *
             *     - `file-empty`: The file is empty.
             *     - `idempotency-key-reused`: Another request was sent with this "Idempotency-Key". Send a new key with each new request.
             *     - `options-invalid`: An option of the conversion is unknown, or has a value that it cannot have. "errors" names each field.
             */
            422: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 422;
                        /** @enum {unknown} */
                        code?: "file-empty" | "idempotency-key-reused" | "options-invalid";
                    };
                };
            };
            429: components["responses"]["RateLimitedOrTooManyOpenJobsOrTooManyUploadsOrUploadQuotaUsedUp"];
            431: components["responses"]["HeadersTooLarge"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["DeadlineExceededOrTooManyConnectionsOrUnavailableOrUploadsBusy"];
            507: components["responses"]["StoreFull"];
        };
    };
    createUpload: {
        parameters: {
            query?: never;
            header?: {
                /** @description Version of the protocol, 1.0.0. */
                "Tus-Resumable"?: string;
                /** @description Algorithm (sha1, sha256), a space, and the digest of the body in Base64. */
                "Upload-Checksum"?: string;
                /** @description Size of the file, in bytes. */
                "Upload-Length"?: string;
                /** @description Pairs of a name and a value in Base64, with commas between them. */
                "Upload-Metadata"?: string;
                /** @description Makes the request safe to repeat: the same key within 24 hours gets the same answer, and nothing is made twice. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/offset+octet-stream": string;
            };
        };
        responses: {
            /** @description The upload */
            201: {
                headers: {
                    /** @description Address of the upload. */
                    Location: string;
                    /** @description Version of the protocol. */
                    "Tus-Resumable": string;
                    /** @description Bytes that are stored. */
                    "Upload-Offset"?: number;
                    /** @description Until when the upload may be resumed. */
                    "Upload-Expires"?: string;
                    /** @description Id of the job that converts the video. */
                    "Jackalope-Job-Id"?: string;
                    /** @description Address of the job. */
                    "Content-Location"?: string;
                    /** @description `true` for the answer of an earlier request with the same key. */
                    "Idempotency-Replayed"?: string;
                    "X-Request-Id": components["headers"]["RequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            /**
             * @description Bad Request
             *
             *     - `authorization-repeated`: The request has several "Authorization" headers. Send one.
             *     - `checksum-unsupported`: The header "Upload-Checksum" is malformed, or names an unknown algorithm.
             *     - `idempotency-key-invalid`: The "Idempotency-Key" is malformed. Send a UUID in quotes.
             *     - `invalid-query`: A parameter of the query is unknown or has a value that it cannot have. The detail names it.
             *     - `request-malformed`: The request is no HTTP that the service understands. The detail says what is wrong with it.
             *     - `tus-headers-invalid`: A header of the protocol tus is missing, malformed, or asks for an extension that the service has not.
             */
            400: {
                headers: {
                    /** @description How to prove who you are (RFC 9110, section 11.6.1). */
                    "WWW-Authenticate"?: string;
                    /** @description Version of the protocol. */
                    "Tus-Resumable"?: string;
                    /** @description Versions of the protocol that the service knows. */
                    "Tus-Version"?: string;
                    "X-Request-Id": components["headers"]["RequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 400;
                        /** @enum {unknown} */
                        code?: "authorization-repeated" | "checksum-unsupported" | "idempotency-key-invalid" | "invalid-query" | "request-malformed" | "tus-headers-invalid";
                    };
                };
            };
            /**
             * @description Unauthorized
             *
             *     - `token-expired`: The access token has expired. Refresh it, or log in again.
             *     - `token-invalid`: The access token or API key is not valid. Log in again, or make a new key.
             *     - `token-missing`: The request has no access token or API key. Send the header "Authorization: Bearer TOKEN".
             */
            401: {
                headers: {
                    /** @description How to prove who you are (RFC 9110, section 11.6.1). */
                    "WWW-Authenticate": string;
                    /** @description Version of the protocol. */
                    "Tus-Resumable"?: string;
                    /** @description Versions of the protocol that the service knows. */
                    "Tus-Version"?: string;
                    "X-Request-Id": components["headers"]["RequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 401;
                        /** @enum {unknown} */
                        code?: "token-expired" | "token-invalid" | "token-missing";
                    };
                };
            };
            /**
             * @description Forbidden
             *
             *     - `cross-site-request`: The request is not from a page of this service, so the session of the browser does not count for it. Programs send a token.
             *     - `insufficient-scope`: The access token or API key may not do this. The detail names the scope or role that is needed.
             */
            403: {
                headers: {
                    /** @description How to prove who you are (RFC 9110, section 11.6.1). */
                    "WWW-Authenticate"?: string;
                    /** @description Version of the protocol. */
                    "Tus-Resumable"?: string;
                    /** @description Versions of the protocol that the service knows. */
                    "Tus-Version"?: string;
                    "X-Request-Id": components["headers"]["RequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 403;
                        /** @enum {unknown} */
                        code?: "cross-site-request" | "insufficient-scope";
                    };
                };
            };
            /**
             * @description Request Timeout
             *
             *     - `request-timeout`: The request did not arrive in time. Send it again.
             *     - `upload-too-slow`: Too little of the body arrived within a minute. "minBytesPerSecond" says how much it must be.
             */
            408: {
                headers: {
                    /** @description Version of the protocol. */
                    "Tus-Resumable"?: string;
                    /** @description Versions of the protocol that the service knows. */
                    "Tus-Version"?: string;
                    "X-Request-Id": components["headers"]["RequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 408;
                        /** @enum {unknown} */
                        code?: "request-timeout" | "upload-too-slow";
                    };
                };
            };
            /**
             * @description Conflict
             *
             *     - `idempotency-key-in-use`: The first request with this "Idempotency-Key" still runs. Send it again after "Retry-After" seconds.
             */
            409: {
                headers: {
                    /** @description Seconds after which the request can succeed. */
                    "Retry-After"?: number;
                    /** @description Version of the protocol. */
                    "Tus-Resumable"?: string;
                    /** @description Versions of the protocol that the service knows. */
                    "Tus-Version"?: string;
                    "X-Request-Id": components["headers"]["RequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 409;
                        /** @enum {unknown} */
                        code?: "idempotency-key-in-use";
                    };
                };
            };
            412: components["responses"]["TusVersionUnsupported"];
            413: components["responses"]["BodyTooLargeOrFileTooLargeOrStorageQuotaExceeded"];
            /**
             * @description Expectation Failed
             *
             *     - `expectation-failed`: The only expectation that the service knows is "Expect: 100-continue".
             */
            417: {
                headers: {
                    /** @description Version of the protocol. */
                    "Tus-Resumable"?: string;
                    /** @description Versions of the protocol that the service knows. */
                    "Tus-Version"?: string;
                    "X-Request-Id": components["headers"]["RequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 417;
                        /** @enum {unknown} */
                        code?: "expectation-failed";
                    };
                };
            };
            /**
             * @description Unprocessable Entity
             *
             *     - `file-empty`: The file is empty.
             *     - `idempotency-key-reused`: Another request was sent with this "Idempotency-Key". Send a new key with each new request.
             *     - `options-invalid`: An option of the conversion is unknown, or has a value that it cannot have. "errors" names each field.
             */
            422: {
                headers: {
                    /** @description Version of the protocol. */
                    "Tus-Resumable"?: string;
                    /** @description Versions of the protocol that the service knows. */
                    "Tus-Version"?: string;
                    "X-Request-Id": components["headers"]["RequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 422;
                        /** @enum {unknown} */
                        code?: "file-empty" | "idempotency-key-reused" | "options-invalid";
                    };
                };
            };
            423: components["responses"]["UploadLocked"];
            /**
             * @description Too Many Requests
             *
             *     - `rate-limited`: Too many requests. Wait as many seconds as the header "Retry-After" says.
             *     - `too-many-open-jobs`: You have as many jobs that have not ended as you may have. "maxJobs" and "openJobs" say how many. Wait until one has ended.
             *     - `too-many-uploads`: You have too many uploads at once. Wait until one of them has ended.
             *     - `upload-quota-used-up`: Without a confirmed mail address no more uploads are possible today. Confirm the address.
             */
            429: {
                headers: {
                    /** @description Seconds to wait before the request is sent again. */
                    "Retry-After": number;
                    /** @description Version of the protocol. */
                    "Tus-Resumable"?: string;
                    /** @description Versions of the protocol that the service knows. */
                    "Tus-Version"?: string;
                    "X-Request-Id": components["headers"]["RequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 429;
                        /** @enum {unknown} */
                        code?: "rate-limited" | "too-many-open-jobs" | "too-many-uploads" | "upload-quota-used-up";
                    };
                };
            };
            /**
             * @description Request Header Fields Too Large
             *
             *     - `headers-too-large`: The headers of the request are too large.
             */
            431: {
                headers: {
                    /** @description Version of the protocol. */
                    "Tus-Resumable"?: string;
                    /** @description Versions of the protocol that the service knows. */
                    "Tus-Version"?: string;
                    "X-Request-Id": components["headers"]["RequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 431;
                        /** @enum {unknown} */
                        code?: "headers-too-large";
                    };
                };
            };
            460: components["responses"]["ChecksumMismatch"];
            /**
             * @description Internal Server Error
             *
             *     - `internal-error`: Something went wrong in the service. If it goes on, report it with the request id.
             */
            500: {
                headers: {
                    /** @description Version of the protocol. */
                    "Tus-Resumable"?: string;
                    /** @description Versions of the protocol that the service knows. */
                    "Tus-Version"?: string;
                    "X-Request-Id": components["headers"]["RequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 500;
                        /** @enum {unknown} */
                        code?: "internal-error";
                    };
                };
            };
            /**
             * @description Service Unavailable
             *
             *     - `deadline-exceeded`: The service could not answer in time. Send the request again after "Retry-After" seconds.
             *     - `too-many-connections`: The service, or your address, has too many connections open. Close some, or try again soon.
             *     - `unavailable`: A server that the request needs does not answer. Send it again after "Retry-After" seconds.
             *     - `uploads-busy`: Too many uploads run at the moment. Send it again after "Retry-After" seconds.
             */
            503: {
                headers: {
                    /** @description Seconds to wait before the request is sent again. */
                    "Retry-After": number;
                    /** @description Version of the protocol. */
                    "Tus-Resumable"?: string;
                    /** @description Versions of the protocol that the service knows. */
                    "Tus-Version"?: string;
                    "X-Request-Id": components["headers"]["RequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 503;
                        /** @enum {unknown} */
                        code?: "deadline-exceeded" | "too-many-connections" | "unavailable" | "uploads-busy";
                    };
                };
            };
            /**
             * @description Insufficient Storage
             *
             *     - `store-full`: The store of files has no room for this file. Try again later, or tell the operator.
             */
            507: {
                headers: {
                    /** @description Version of the protocol. */
                    "Tus-Resumable"?: string;
                    /** @description Versions of the protocol that the service knows. */
                    "Tus-Version"?: string;
                    "X-Request-Id": components["headers"]["RequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 507;
                        /** @enum {unknown} */
                        code?: "store-full";
                    };
                };
            };
        };
    };
    getUpload: {
        parameters: {
            query?: never;
            header?: {
                /** @description Version of the protocol, 1.0.0. */
                "Tus-Resumable"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The upload */
            200: {
                headers: {
                    /** @description Version of the protocol. */
                    "Tus-Resumable": string;
                    /** @description Bytes that are stored. */
                    "Upload-Offset"?: number;
                    /** @description Until when the upload may be resumed. */
                    "Upload-Expires"?: string;
                    /** @description Id of the job that converts the video. */
                    "Jackalope-Job-Id"?: string;
                    /** @description Address of the job. */
                    "Content-Location"?: string;
                    /** @description Size of the file, in bytes (HEAD). */
                    "Upload-Length"?: number;
                    /** @description As it was sent (HEAD). */
                    "Upload-Metadata"?: string;
                    "X-Request-Id": components["headers"]["RequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        id: string;
                        fileName: string;
                        /** @description Size of the file, in bytes. */
                        totalBytes: number;
                        /** @description Bytes that are stored. */
                        offset: number;
                        /**
                         * Format: date-time
                         * @description Until when the upload may be resumed.
                         */
                        expiresAt?: string;
                        /** @description The job that converts the video, when the upload is complete. */
                        jobId?: string;
                    };
                };
            };
            400: components["responses"]["AuthorizationRepeatedOrInvalidQueryOrRequestMalformedOrTusHeadersInvalid"];
            /**
             * @description Unauthorized
             *
             *     - `token-expired`: The access token has expired. Refresh it, or log in again.
             *     - `token-invalid`: The access token or API key is not valid. Log in again, or make a new key.
             *     - `token-missing`: The request has no access token or API key. Send the header "Authorization: Bearer TOKEN".
             */
            401: {
                headers: {
                    /** @description How to prove who you are (RFC 9110, section 11.6.1). */
                    "WWW-Authenticate": string;
                    /** @description Version of the protocol. */
                    "Tus-Resumable"?: string;
                    /** @description Versions of the protocol that the service knows. */
                    "Tus-Version"?: string;
                    "X-Request-Id": components["headers"]["RequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 401;
                        /** @enum {unknown} */
                        code?: "token-expired" | "token-invalid" | "token-missing";
                    };
                };
            };
            /**
             * @description Forbidden
             *
             *     - `cross-site-request`: The request is not from a page of this service, so the session of the browser does not count for it. Programs send a token.
             *     - `insufficient-scope`: The access token or API key may not do this. The detail names the scope or role that is needed.
             */
            403: {
                headers: {
                    /** @description How to prove who you are (RFC 9110, section 11.6.1). */
                    "WWW-Authenticate"?: string;
                    /** @description Version of the protocol. */
                    "Tus-Resumable"?: string;
                    /** @description Versions of the protocol that the service knows. */
                    "Tus-Version"?: string;
                    "X-Request-Id": components["headers"]["RequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 403;
                        /** @enum {unknown} */
                        code?: "cross-site-request" | "insufficient-scope";
                    };
                };
            };
            404: components["responses"]["NotFoundOrUploadUnknown"];
            410: components["responses"]["UploadExpired"];
            412: components["responses"]["TusVersionUnsupported"];
            /**
             * @description Expectation Failed
             *
             *     - `expectation-failed`: The only expectation that the service knows is "Expect: 100-continue".
             */
            417: {
                headers: {
                    /** @description Version of the protocol. */
                    "Tus-Resumable"?: string;
                    /** @description Versions of the protocol that the service knows. */
                    "Tus-Version"?: string;
                    "X-Request-Id": components["headers"]["RequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 417;
                        /** @enum {unknown} */
                        code?: "expectation-failed";
                    };
                };
            };
            423: components["responses"]["UploadLocked"];
            /**
             * @description Too Many Requests
             *
             *     - `rate-limited`: Too many requests. Wait as many seconds as the header "Retry-After" says.
             */
            429: {
                headers: {
                    /** @description Seconds to wait before the request is sent again. */
                    "Retry-After": number;
                    /** @description Version of the protocol. */
                    "Tus-Resumable"?: string;
                    /** @description Versions of the protocol that the service knows. */
                    "Tus-Version"?: string;
                    "X-Request-Id": components["headers"]["RequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 429;
                        /** @enum {unknown} */
                        code?: "rate-limited";
                    };
                };
            };
            /**
             * @description Request Header Fields Too Large
             *
             *     - `headers-too-large`: The headers of the request are too large.
             */
            431: {
                headers: {
                    /** @description Version of the protocol. */
                    "Tus-Resumable"?: string;
                    /** @description Versions of the protocol that the service knows. */
                    "Tus-Version"?: string;
                    "X-Request-Id": components["headers"]["RequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 431;
                        /** @enum {unknown} */
                        code?: "headers-too-large";
                    };
                };
            };
            /**
             * @description Internal Server Error
             *
             *     - `internal-error`: Something went wrong in the service. If it goes on, report it with the request id.
             */
            500: {
                headers: {
                    /** @description Version of the protocol. */
                    "Tus-Resumable"?: string;
                    /** @description Versions of the protocol that the service knows. */
                    "Tus-Version"?: string;
                    "X-Request-Id": components["headers"]["RequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 500;
                        /** @enum {unknown} */
                        code?: "internal-error";
                    };
                };
            };
            /**
             * @description Service Unavailable
             *
             *     - `deadline-exceeded`: The service could not answer in time. Send the request again after "Retry-After" seconds.
             *     - `too-many-connections`: The service, or your address, has too many connections open. Close some, or try again soon.
             *     - `unavailable`: A server that the request needs does not answer. Send it again after "Retry-After" seconds.
             */
            503: {
                headers: {
                    /** @description Seconds to wait before the request is sent again. */
                    "Retry-After": number;
                    /** @description Version of the protocol. */
                    "Tus-Resumable"?: string;
                    /** @description Versions of the protocol that the service knows. */
                    "Tus-Version"?: string;
                    "X-Request-Id": components["headers"]["RequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 503;
                        /** @enum {unknown} */
                        code?: "deadline-exceeded" | "too-many-connections" | "unavailable";
                    };
                };
            };
        };
    };
    deleteUpload: {
        parameters: {
            query?: never;
            header?: {
                /** @description Version of the protocol, 1.0.0. */
                "Tus-Resumable"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was stored has been removed */
            204: {
                headers: {
                    /** @description Version. */
                    "Tus-Resumable": string;
                    "X-Request-Id": components["headers"]["RequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["AuthorizationRepeatedOrInvalidQueryOrRequestMalformedOrTusHeadersInvalid"];
            /**
             * @description Unauthorized
             *
             *     - `token-expired`: The access token has expired. Refresh it, or log in again.
             *     - `token-invalid`: The access token or API key is not valid. Log in again, or make a new key.
             *     - `token-missing`: The request has no access token or API key. Send the header "Authorization: Bearer TOKEN".
             */
            401: {
                headers: {
                    /** @description How to prove who you are (RFC 9110, section 11.6.1). */
                    "WWW-Authenticate": string;
                    /** @description Version of the protocol. */
                    "Tus-Resumable"?: string;
                    /** @description Versions of the protocol that the service knows. */
                    "Tus-Version"?: string;
                    "X-Request-Id": components["headers"]["RequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 401;
                        /** @enum {unknown} */
                        code?: "token-expired" | "token-invalid" | "token-missing";
                    };
                };
            };
            /**
             * @description Forbidden
             *
             *     - `cross-site-request`: The request is not from a page of this service, so the session of the browser does not count for it. Programs send a token.
             *     - `insufficient-scope`: The access token or API key may not do this. The detail names the scope or role that is needed.
             */
            403: {
                headers: {
                    /** @description How to prove who you are (RFC 9110, section 11.6.1). */
                    "WWW-Authenticate"?: string;
                    /** @description Version of the protocol. */
                    "Tus-Resumable"?: string;
                    /** @description Versions of the protocol that the service knows. */
                    "Tus-Version"?: string;
                    "X-Request-Id": components["headers"]["RequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 403;
                        /** @enum {unknown} */
                        code?: "cross-site-request" | "insufficient-scope";
                    };
                };
            };
            404: components["responses"]["NotFoundOrUploadUnknown"];
            /**
             * @description Conflict
             *
             *     - `upload-complete`: The upload is complete, and cannot be given up any more. Delete its job instead.
             */
            409: {
                headers: {
                    /** @description Seconds after which the request can succeed. */
                    "Retry-After"?: number;
                    /** @description Version of the protocol. */
                    "Tus-Resumable"?: string;
                    /** @description Versions of the protocol that the service knows. */
                    "Tus-Version"?: string;
                    "X-Request-Id": components["headers"]["RequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 409;
                        /** @enum {unknown} */
                        code?: "upload-complete";
                    };
                };
            };
            410: components["responses"]["UploadExpired"];
            412: components["responses"]["TusVersionUnsupported"];
            /**
             * @description Expectation Failed
             *
             *     - `expectation-failed`: The only expectation that the service knows is "Expect: 100-continue".
             */
            417: {
                headers: {
                    /** @description Version of the protocol. */
                    "Tus-Resumable"?: string;
                    /** @description Versions of the protocol that the service knows. */
                    "Tus-Version"?: string;
                    "X-Request-Id": components["headers"]["RequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 417;
                        /** @enum {unknown} */
                        code?: "expectation-failed";
                    };
                };
            };
            423: components["responses"]["UploadLocked"];
            /**
             * @description Too Many Requests
             *
             *     - `rate-limited`: Too many requests. Wait as many seconds as the header "Retry-After" says.
             */
            429: {
                headers: {
                    /** @description Seconds to wait before the request is sent again. */
                    "Retry-After": number;
                    /** @description Version of the protocol. */
                    "Tus-Resumable"?: string;
                    /** @description Versions of the protocol that the service knows. */
                    "Tus-Version"?: string;
                    "X-Request-Id": components["headers"]["RequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 429;
                        /** @enum {unknown} */
                        code?: "rate-limited";
                    };
                };
            };
            /**
             * @description Request Header Fields Too Large
             *
             *     - `headers-too-large`: The headers of the request are too large.
             */
            431: {
                headers: {
                    /** @description Version of the protocol. */
                    "Tus-Resumable"?: string;
                    /** @description Versions of the protocol that the service knows. */
                    "Tus-Version"?: string;
                    "X-Request-Id": components["headers"]["RequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 431;
                        /** @enum {unknown} */
                        code?: "headers-too-large";
                    };
                };
            };
            /**
             * @description Internal Server Error
             *
             *     - `internal-error`: Something went wrong in the service. If it goes on, report it with the request id.
             */
            500: {
                headers: {
                    /** @description Version of the protocol. */
                    "Tus-Resumable"?: string;
                    /** @description Versions of the protocol that the service knows. */
                    "Tus-Version"?: string;
                    "X-Request-Id": components["headers"]["RequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 500;
                        /** @enum {unknown} */
                        code?: "internal-error";
                    };
                };
            };
            /**
             * @description Service Unavailable
             *
             *     - `deadline-exceeded`: The service could not answer in time. Send the request again after "Retry-After" seconds.
             *     - `too-many-connections`: The service, or your address, has too many connections open. Close some, or try again soon.
             *     - `unavailable`: A server that the request needs does not answer. Send it again after "Retry-After" seconds.
             */
            503: {
                headers: {
                    /** @description Seconds to wait before the request is sent again. */
                    "Retry-After": number;
                    /** @description Version of the protocol. */
                    "Tus-Resumable"?: string;
                    /** @description Versions of the protocol that the service knows. */
                    "Tus-Version"?: string;
                    "X-Request-Id": components["headers"]["RequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 503;
                        /** @enum {unknown} */
                        code?: "deadline-exceeded" | "too-many-connections" | "unavailable";
                    };
                };
            };
        };
    };
    appendToUpload: {
        parameters: {
            query?: never;
            header?: {
                /** @description Version of the protocol, 1.0.0. */
                "Tus-Resumable"?: string;
                /** @description Algorithm (sha1, sha256), a space, and the digest of the body in Base64. */
                "Upload-Checksum"?: string;
                /** @description Where the first byte of the body belongs. */
                "Upload-Offset"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/offset+octet-stream": string;
            };
        };
        responses: {
            /** @description The bytes are stored */
            204: {
                headers: {
                    /** @description Version of the protocol. */
                    "Tus-Resumable": string;
                    /** @description Bytes that are stored. */
                    "Upload-Offset"?: number;
                    /** @description Until when the upload may be resumed. */
                    "Upload-Expires"?: string;
                    /** @description Id of the job that converts the video. */
                    "Jackalope-Job-Id"?: string;
                    /** @description Address of the job. */
                    "Content-Location"?: string;
                    "X-Request-Id": components["headers"]["RequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            /**
             * @description Bad Request
             *
             *     - `authorization-repeated`: The request has several "Authorization" headers. Send one.
             *     - `checksum-unsupported`: The header "Upload-Checksum" is malformed, or names an unknown algorithm.
             *     - `invalid-query`: A parameter of the query is unknown or has a value that it cannot have. The detail names it.
             *     - `request-malformed`: The request is no HTTP that the service understands. The detail says what is wrong with it.
             *     - `tus-headers-invalid`: A header of the protocol tus is missing, malformed, or asks for an extension that the service has not.
             */
            400: {
                headers: {
                    /** @description How to prove who you are (RFC 9110, section 11.6.1). */
                    "WWW-Authenticate"?: string;
                    /** @description Version of the protocol. */
                    "Tus-Resumable"?: string;
                    /** @description Versions of the protocol that the service knows. */
                    "Tus-Version"?: string;
                    "X-Request-Id": components["headers"]["RequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 400;
                        /** @enum {unknown} */
                        code?: "authorization-repeated" | "checksum-unsupported" | "invalid-query" | "request-malformed" | "tus-headers-invalid";
                    };
                };
            };
            /**
             * @description Unauthorized
             *
             *     - `token-expired`: The access token has expired. Refresh it, or log in again.
             *     - `token-invalid`: The access token or API key is not valid. Log in again, or make a new key.
             *     - `token-missing`: The request has no access token or API key. Send the header "Authorization: Bearer TOKEN".
             */
            401: {
                headers: {
                    /** @description How to prove who you are (RFC 9110, section 11.6.1). */
                    "WWW-Authenticate": string;
                    /** @description Version of the protocol. */
                    "Tus-Resumable"?: string;
                    /** @description Versions of the protocol that the service knows. */
                    "Tus-Version"?: string;
                    "X-Request-Id": components["headers"]["RequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 401;
                        /** @enum {unknown} */
                        code?: "token-expired" | "token-invalid" | "token-missing";
                    };
                };
            };
            /**
             * @description Forbidden
             *
             *     - `cross-site-request`: The request is not from a page of this service, so the session of the browser does not count for it. Programs send a token.
             *     - `insufficient-scope`: The access token or API key may not do this. The detail names the scope or role that is needed.
             */
            403: {
                headers: {
                    /** @description How to prove who you are (RFC 9110, section 11.6.1). */
                    "WWW-Authenticate"?: string;
                    /** @description Version of the protocol. */
                    "Tus-Resumable"?: string;
                    /** @description Versions of the protocol that the service knows. */
                    "Tus-Version"?: string;
                    "X-Request-Id": components["headers"]["RequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 403;
                        /** @enum {unknown} */
                        code?: "cross-site-request" | "insufficient-scope";
                    };
                };
            };
            404: components["responses"]["NotFoundOrUploadUnknown"];
            /**
             * @description Request Timeout
             *
             *     - `request-timeout`: The request did not arrive in time. Send it again.
             *     - `upload-too-slow`: Too little of the body arrived within a minute. "minBytesPerSecond" says how much it must be.
             */
            408: {
                headers: {
                    /** @description Version of the protocol. */
                    "Tus-Resumable"?: string;
                    /** @description Versions of the protocol that the service knows. */
                    "Tus-Version"?: string;
                    "X-Request-Id": components["headers"]["RequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 408;
                        /** @enum {unknown} */
                        code?: "request-timeout" | "upload-too-slow";
                    };
                };
            };
            /**
             * @description Conflict
             *
             *     - `upload-offset-conflict`: The upload has another offset than the request says. Ask for it by HEAD.
             */
            409: {
                headers: {
                    /** @description Seconds after which the request can succeed. */
                    "Retry-After"?: number;
                    /** @description Version of the protocol. */
                    "Tus-Resumable"?: string;
                    /** @description Versions of the protocol that the service knows. */
                    "Tus-Version"?: string;
                    "X-Request-Id": components["headers"]["RequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 409;
                        /** @enum {unknown} */
                        code?: "upload-offset-conflict";
                    };
                };
            };
            410: components["responses"]["UploadExpired"];
            412: components["responses"]["TusVersionUnsupported"];
            413: components["responses"]["BodyTooLargeOrFileTooLargeOrStorageQuotaExceeded"];
            /**
             * @description Unsupported Media Type
             *
             *     - `chunk-expected`: The body must have the type application/offset+octet-stream.
             */
            415: {
                headers: {
                    /** @description Version of the protocol. */
                    "Tus-Resumable"?: string;
                    /** @description Versions of the protocol that the service knows. */
                    "Tus-Version"?: string;
                    "X-Request-Id": components["headers"]["RequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 415;
                        /** @enum {unknown} */
                        code?: "chunk-expected";
                    };
                };
            };
            /**
             * @description Expectation Failed
             *
             *     - `expectation-failed`: The only expectation that the service knows is "Expect: 100-continue".
             */
            417: {
                headers: {
                    /** @description Version of the protocol. */
                    "Tus-Resumable"?: string;
                    /** @description Versions of the protocol that the service knows. */
                    "Tus-Version"?: string;
                    "X-Request-Id": components["headers"]["RequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 417;
                        /** @enum {unknown} */
                        code?: "expectation-failed";
                    };
                };
            };
            /**
             * @description Unprocessable Entity
             *
             *     - `file-empty`: The file is empty.
             */
            422: {
                headers: {
                    /** @description Version of the protocol. */
                    "Tus-Resumable"?: string;
                    /** @description Versions of the protocol that the service knows. */
                    "Tus-Version"?: string;
                    "X-Request-Id": components["headers"]["RequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 422;
                        /** @enum {unknown} */
                        code?: "file-empty";
                    };
                };
            };
            423: components["responses"]["UploadLocked"];
            /**
             * @description Too Many Requests
             *
             *     - `rate-limited`: Too many requests. Wait as many seconds as the header "Retry-After" says.
             *     - `too-many-open-jobs`: You have as many jobs that have not ended as you may have. "maxJobs" and "openJobs" say how many. Wait until one has ended.
             *     - `too-many-uploads`: You have too many uploads at once. Wait until one of them has ended.
             *     - `upload-quota-used-up`: Without a confirmed mail address no more uploads are possible today. Confirm the address.
             */
            429: {
                headers: {
                    /** @description Seconds to wait before the request is sent again. */
                    "Retry-After": number;
                    /** @description Version of the protocol. */
                    "Tus-Resumable"?: string;
                    /** @description Versions of the protocol that the service knows. */
                    "Tus-Version"?: string;
                    "X-Request-Id": components["headers"]["RequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 429;
                        /** @enum {unknown} */
                        code?: "rate-limited" | "too-many-open-jobs" | "too-many-uploads" | "upload-quota-used-up";
                    };
                };
            };
            /**
             * @description Request Header Fields Too Large
             *
             *     - `headers-too-large`: The headers of the request are too large.
             */
            431: {
                headers: {
                    /** @description Version of the protocol. */
                    "Tus-Resumable"?: string;
                    /** @description Versions of the protocol that the service knows. */
                    "Tus-Version"?: string;
                    "X-Request-Id": components["headers"]["RequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 431;
                        /** @enum {unknown} */
                        code?: "headers-too-large";
                    };
                };
            };
            460: components["responses"]["ChecksumMismatch"];
            /**
             * @description Internal Server Error
             *
             *     - `internal-error`: Something went wrong in the service. If it goes on, report it with the request id.
             */
            500: {
                headers: {
                    /** @description Version of the protocol. */
                    "Tus-Resumable"?: string;
                    /** @description Versions of the protocol that the service knows. */
                    "Tus-Version"?: string;
                    "X-Request-Id": components["headers"]["RequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 500;
                        /** @enum {unknown} */
                        code?: "internal-error";
                    };
                };
            };
            /**
             * @description Service Unavailable
             *
             *     - `deadline-exceeded`: The service could not answer in time. Send the request again after "Retry-After" seconds.
             *     - `too-many-connections`: The service, or your address, has too many connections open. Close some, or try again soon.
             *     - `unavailable`: A server that the request needs does not answer. Send it again after "Retry-After" seconds.
             *     - `uploads-busy`: Too many uploads run at the moment. Send it again after "Retry-After" seconds.
             */
            503: {
                headers: {
                    /** @description Seconds to wait before the request is sent again. */
                    "Retry-After": number;
                    /** @description Version of the protocol. */
                    "Tus-Resumable"?: string;
                    /** @description Versions of the protocol that the service knows. */
                    "Tus-Version"?: string;
                    "X-Request-Id": components["headers"]["RequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 503;
                        /** @enum {unknown} */
                        code?: "deadline-exceeded" | "too-many-connections" | "unavailable" | "uploads-busy";
                    };
                };
            };
            /**
             * @description Insufficient Storage
             *
             *     - `store-full`: The store of files has no room for this file. Try again later, or tell the operator.
             */
            507: {
                headers: {
                    /** @description Version of the protocol. */
                    "Tus-Resumable"?: string;
                    /** @description Versions of the protocol that the service knows. */
                    "Tus-Version"?: string;
                    "X-Request-Id": components["headers"]["RequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 507;
                        /** @enum {unknown} */
                        code?: "store-full";
                    };
                };
            };
        };
    };
    listJobs: {
        parameters: {
            query?: {
                /** @description Most jobs of a page, 1 to 100; 20 by default. */
                limit?: string;
                /** @description Cursor of the next page, as in `next` of this one. */
                before?: string;
                /** @description Only jobs in this state. */
                state?: "waiting" | "active" | "delayed" | "completed" | "failed" | "canceled" | "expired";
                /** @description Only jobs whose file name contains this text, in upper or lower case. */
                fileName?: string;
                /** @description Only jobs whose file name contains each of these words, in any order, in upper or lower case. */
                search?: string;
                /** @description Only jobs that were created at this time or later. */
                since?: string;
                /** @description Only jobs that were created before this time. */
                until?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of jobs */
            200: {
                headers: {
                    /** @description The next page (RFC 8288). */
                    Link?: string;
                    "X-Request-Id": components["headers"]["RequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobList"];
                };
            };
            400: components["responses"]["AuthorizationRepeatedOrInvalidQueryOrRequestMalformed"];
            401: components["responses"]["TokenExpiredOrTokenInvalidOrTokenMissing"];
            403: components["responses"]["CrossSiteRequestOrInsufficientScope"];
            417: components["responses"]["ExpectationFailed"];
            429: components["responses"]["RateLimited"];
            431: components["responses"]["HeadersTooLarge"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["DeadlineExceededOrTooManyConnectionsOrUnavailable"];
        };
    };
    getJob: {
        parameters: {
            query?: {
                /** @description Longest wait for a change of the state, in seconds, 0 to 60. */
                wait?: string;
            };
            header?: never;
            path: {
                /** @description Id of the job, such as `v-665f1f77bcf86cd799439011`. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The job */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobDetails"];
                };
            };
            400: components["responses"]["AuthorizationRepeatedOrInvalidQueryOrRequestMalformed"];
            401: components["responses"]["TokenExpiredOrTokenInvalidOrTokenMissing"];
            403: components["responses"]["CrossSiteRequestOrInsufficientScope"];
            404: components["responses"]["JobUnknownOrNotFound"];
            417: components["responses"]["ExpectationFailed"];
            429: components["responses"]["RateLimited"];
            431: components["responses"]["HeadersTooLarge"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["DeadlineExceededOrTooManyConnectionsOrUnavailable"];
        };
    };
    deleteJob: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of the job, such as `v-665f1f77bcf86cd799439011`. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The job and its files are gone */
            204: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["AuthorizationRepeatedOrInvalidQueryOrRequestMalformed"];
            401: components["responses"]["TokenExpiredOrTokenInvalidOrTokenMissing"];
            403: components["responses"]["CrossSiteRequestOrInsufficientScope"];
            404: components["responses"]["JobUnknownOrNotFound"];
            417: components["responses"]["ExpectationFailed"];
            429: components["responses"]["RateLimited"];
            431: components["responses"]["HeadersTooLarge"];
            500: components["responses"]["InternalError"];
            /**
             * @description Service Unavailable
             *
             *     - `deadline-exceeded`: The service could not answer in time. Send the request again after "Retry-After" seconds.
             *     - `job-running`: The conversion did not stop in time, so nothing was deleted. Send the request again.
             *     - `too-many-connections`: The service, or your address, has too many connections open. Close some, or try again soon.
             *     - `unavailable`: A server that the request needs does not answer. Send it again after "Retry-After" seconds.
             */
            503: {
                headers: {
                    /** @description Seconds to wait before the request is sent again. */
                    "Retry-After": number;
                    "X-Request-Id": components["headers"]["RequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 503;
                        /** @enum {unknown} */
                        code?: "deadline-exceeded" | "job-running" | "too-many-connections" | "unavailable";
                    };
                };
            };
        };
    };
    cancelJob: {
        parameters: {
            query?: never;
            header?: {
                /** @description Makes the request safe to repeat: the same key within 24 hours gets the same answer, and nothing is made twice. */
                "Idempotency-Key"?: string;
            };
            path: {
                /** @description Id of the job, such as `v-665f1f77bcf86cd799439011`. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The job is canceled */
            200: {
                headers: {
                    /** @description `true` for the answer of an earlier request with the same key. */
                    "Idempotency-Replayed"?: string;
                    "X-Request-Id": components["headers"]["RequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobDetails"];
                };
            };
            /** @description The job runs, and is told to stop */
            202: {
                headers: {
                    /** @description `true` for the answer of an earlier request with the same key. */
                    "Idempotency-Replayed"?: string;
                    "X-Request-Id": components["headers"]["RequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobDetails"];
                };
            };
            400: components["responses"]["AuthorizationRepeatedOrIdempotencyKeyInvalidOrInvalidQueryOrRequestMalformed"];
            401: components["responses"]["TokenExpiredOrTokenInvalidOrTokenMissing"];
            403: components["responses"]["CrossSiteRequestOrInsufficientScope"];
            404: components["responses"]["JobUnknownOrNotFound"];
            /**
             * @description Conflict
             *
             *     - `idempotency-key-in-use`: The first request with this "Idempotency-Key" still runs. Send it again after "Retry-After" seconds.
             *     - `job-finished`: The job has ended already, so it cannot be canceled.
             */
            409: {
                headers: {
                    /** @description Seconds after which the request can succeed. */
                    "Retry-After"?: number;
                    "X-Request-Id": components["headers"]["RequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 409;
                        /** @enum {unknown} */
                        code?: "idempotency-key-in-use" | "job-finished";
                    };
                };
            };
            417: components["responses"]["ExpectationFailed"];
            422: components["responses"]["IdempotencyKeyReused"];
            429: components["responses"]["RateLimited"];
            431: components["responses"]["HeadersTooLarge"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["DeadlineExceededOrTooManyConnectionsOrUnavailable"];
        };
    };
    retryJob: {
        parameters: {
            query?: never;
            header?: {
                /** @description Makes the request safe to repeat: the same key within 24 hours gets the same answer, and nothing is made twice. */
                "Idempotency-Key"?: string;
            };
            path: {
                /** @description Id of the job, such as `v-665f1f77bcf86cd799439011`. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The job waits again, with all its attempts */
            202: {
                headers: {
                    /** @description `true` for the answer of an earlier request with the same key. */
                    "Idempotency-Replayed"?: string;
                    "X-Request-Id": components["headers"]["RequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobDetails"];
                };
            };
            400: components["responses"]["AuthorizationRepeatedOrIdempotencyKeyInvalidOrInvalidQueryOrRequestMalformed"];
            401: components["responses"]["TokenExpiredOrTokenInvalidOrTokenMissing"];
            403: components["responses"]["CrossSiteRequestOrInsufficientScope"];
            404: components["responses"]["JobUnknownOrNotFound"];
            /**
             * @description Conflict
             *
             *     - `idempotency-key-in-use`: The first request with this "Idempotency-Key" still runs. Send it again after "Retry-After" seconds.
             *     - `job-not-retryable`: Only a job that failed or was canceled can be tried again. The detail says how the job is.
             */
            409: {
                headers: {
                    /** @description Seconds after which the request can succeed. */
                    "Retry-After"?: number;
                    "X-Request-Id": components["headers"]["RequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 409;
                        /** @enum {unknown} */
                        code?: "idempotency-key-in-use" | "job-not-retryable";
                    };
                };
            };
            /**
             * @description Gone
             *
             *     - `source-expired`: The uploaded file was removed, since its time was over: the job cannot be tried again. "removedAt" says when.
             */
            410: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 410;
                        /** @enum {unknown} */
                        code?: "source-expired";
                    };
                };
            };
            417: components["responses"]["ExpectationFailed"];
            422: components["responses"]["IdempotencyKeyReused"];
            /**
             * @description Too Many Requests
             *
             *     - `rate-limited`: Too many requests. Wait as many seconds as the header "Retry-After" says.
             *     - `too-many-open-jobs`: You have as many jobs that have not ended as you may have. "maxJobs" and "openJobs" say how many. Wait until one has ended.
             */
            429: {
                headers: {
                    /** @description Seconds to wait before the request is sent again. */
                    "Retry-After": number;
                    "X-Request-Id": components["headers"]["RequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 429;
                        /** @enum {unknown} */
                        code?: "rate-limited" | "too-many-open-jobs";
                    };
                };
            };
            431: components["responses"]["HeadersTooLarge"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["DeadlineExceededOrTooManyConnectionsOrUnavailable"];
        };
    };
    watchJob: {
        parameters: {
            query?: never;
            header?: {
                /** @description Id of the last event that the client has seen: the stream goes on after it. */
                "Last-Event-ID"?: string;
            };
            path: {
                /** @description Id of the job, such as `v-665f1f77bcf86cd799439011`. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The events, until the stream ends */
            200: {
                headers: {
                    /** @description `no`: proxies pass events on at once. */
                    "X-Accel-Buffering": string;
                    "X-Request-Id": components["headers"]["RequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "text/event-stream": string;
                };
            };
            /** @description The job has ended, and the client has seen its end */
            204: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["AuthorizationRepeatedOrInvalidQueryOrRequestMalformed"];
            401: components["responses"]["TokenExpiredOrTokenInvalidOrTokenMissing"];
            403: components["responses"]["CrossSiteRequestOrInsufficientScope"];
            404: components["responses"]["JobUnknownOrNotFound"];
            417: components["responses"]["ExpectationFailed"];
            429: components["responses"]["RateLimitedOrTooManyWatchers"];
            431: components["responses"]["HeadersTooLarge"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["DeadlineExceededOrTooManyConnectionsOrUnavailable"];
        };
    };
    watchJobs: {
        parameters: {
            query?: never;
            header?: {
                /** @description Id of the last event that the client has seen: the stream goes on after it. */
                "Last-Event-ID"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The events, until the stream ends */
            200: {
                headers: {
                    /** @description `no`: proxies pass events on at once. */
                    "X-Accel-Buffering": string;
                    "X-Request-Id": components["headers"]["RequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "text/event-stream": string;
                };
            };
            400: components["responses"]["AuthorizationRepeatedOrInvalidQueryOrRequestMalformed"];
            401: components["responses"]["TokenExpiredOrTokenInvalidOrTokenMissing"];
            403: components["responses"]["CrossSiteRequestOrInsufficientScope"];
            417: components["responses"]["ExpectationFailed"];
            429: components["responses"]["RateLimitedOrTooManyWatchers"];
            431: components["responses"]["HeadersTooLarge"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["DeadlineExceededOrTooManyConnectionsOrUnavailable"];
        };
    };
    getJobAudio: {
        parameters: {
            query?: {
                /** @description Lets a browser play the audio instead of saving it. */
                inline?: "1" | "" | "true";
            };
            header?: {
                /** @description One range of bytes (RFC 9110, section 14.2); several ranges are answered with the whole file. */
                Range?: string;
                /** @description Tag or time of the file that the range is of. */
                "If-Range"?: string;
                /** @description Tag of the file that the client has. */
                "If-None-Match"?: string;
                /** @description Tag of the file that the client means. */
                "If-Match"?: string;
                /** @description Time of the file that the client means. */
                "If-Unmodified-Since"?: string;
            };
            path: {
                /** @description Id of the job, such as `v-665f1f77bcf86cd799439011`. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The whole file */
            200: {
                headers: {
                    /** @description `bytes`: ranges are served. */
                    "Accept-Ranges": string;
                    /** @description Name of the file (RFC 6266). */
                    "Content-Disposition": string;
                    /** @description Bytes of this answer. */
                    "Content-Length": number;
                    /** @description Tag of the file; a file never changes. */
                    ETag: string;
                    /** @description When the file was stored. */
                    "Last-Modified": string;
                    "X-Request-Id": components["headers"]["RequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "audio/mpeg": string;
                    "audio/mp4": string;
                    "audio/ogg": string;
                    "audio/flac": string;
                    "audio/wav": string;
                };
            };
            /** @description A range of the file */
            206: {
                headers: {
                    /** @description `bytes`: ranges are served. */
                    "Accept-Ranges": string;
                    /** @description Name of the file (RFC 6266). */
                    "Content-Disposition": string;
                    /** @description Bytes of this answer. */
                    "Content-Length": number;
                    /** @description Tag of the file; a file never changes. */
                    ETag: string;
                    /** @description When the file was stored. */
                    "Last-Modified": string;
                    /** @description The range and the length of the whole file. */
                    "Content-Range": string;
                    "X-Request-Id": components["headers"]["RequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "audio/mpeg": string;
                    "audio/mp4": string;
                    "audio/ogg": string;
                    "audio/flac": string;
                    "audio/wav": string;
                };
            };
            /** @description The file that the client has is current */
            304: {
                headers: {
                    /** @description `bytes`: ranges are served. */
                    "Accept-Ranges": string;
                    /** @description Name of the file (RFC 6266). */
                    "Content-Disposition": string;
                    /** @description Tag of the file; a file never changes. */
                    ETag: string;
                    /** @description When the file was stored. */
                    "Last-Modified": string;
                    "X-Request-Id": components["headers"]["RequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["AuthorizationRepeatedOrInvalidQueryOrRequestMalformed"];
            401: components["responses"]["TokenExpiredOrTokenInvalidOrTokenMissing"];
            403: components["responses"]["CrossSiteRequestOrInsufficientScope"];
            404: components["responses"]["JobUnknownOrNotFound"];
            409: components["responses"]["AudioNotReadyOrConversionFailed"];
            410: components["responses"]["AudioDeletedOrAudioExpiredOrFileDeleted"];
            412: components["responses"]["FileChanged"];
            416: components["responses"]["RangeNotSatisfiable"];
            417: components["responses"]["ExpectationFailed"];
            429: components["responses"]["RateLimitedOrTooManyDownloads"];
            431: components["responses"]["HeadersTooLarge"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["DeadlineExceededOrTooManyConnectionsOrUnavailable"];
        };
    };
    createAudioLink: {
        parameters: {
            query?: never;
            header?: {
                /** @description Makes the request safe to repeat: the same key within 24 hours gets the same answer, and nothing is made twice. */
                "Idempotency-Key"?: string;
            };
            path: {
                /** @description Id of the job, such as `v-665f1f77bcf86cd799439011`. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": {
                    /**
                     * @description One minute to seven days; one hour by default.
                     * @default 3600
                     */
                    lifetimeSeconds?: number;
                };
            };
        };
        responses: {
            /** @description The link */
            201: {
                headers: {
                    /** @description `true` for the answer of an earlier request with the same key. */
                    "Idempotency-Replayed"?: string;
                    "X-Request-Id": components["headers"]["RequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /** Format: uri */
                        url: string;
                        /** Format: date-time */
                        expiresAt: string;
                    };
                };
            };
            400: components["responses"]["AuthorizationRepeatedOrIdempotencyKeyInvalidOrInvalidQueryOrMalformedJsonOrRequestMalformed"];
            401: components["responses"]["TokenExpiredOrTokenInvalidOrTokenMissing"];
            403: components["responses"]["CrossSiteRequestOrInsufficientScope"];
            404: components["responses"]["JobUnknownOrNotFound"];
            408: components["responses"]["RequestTimeout"];
            /**
             * @description Conflict
             *
             *     - `audio-not-ready`: The job has not been completed yet. "state" and "progress" say how far it is.
             *     - `conversion-failed`: There is no audio, since the conversion failed. The detail says why.
             *     - `idempotency-key-in-use`: The first request with this "Idempotency-Key" still runs. Send it again after "Retry-After" seconds.
             */
            409: {
                headers: {
                    /** @description Seconds after which the request can succeed. */
                    "Retry-After"?: number;
                    "X-Request-Id": components["headers"]["RequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 409;
                        /** @enum {unknown} */
                        code?: "audio-not-ready" | "conversion-failed" | "idempotency-key-in-use";
                    };
                };
            };
            /**
             * @description Gone
             *
             *     - `audio-deleted`: The audio of this job has been deleted.
             *     - `audio-expired`: The audio was removed, since its time was over. "expiredAt" says when; the detail says why.
             */
            410: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 410;
                        /** @enum {unknown} */
                        code?: "audio-deleted" | "audio-expired";
                    };
                };
            };
            413: components["responses"]["BodyTooLarge"];
            415: components["responses"]["EncodingUnsupportedOrJsonExpected"];
            417: components["responses"]["ExpectationFailed"];
            422: components["responses"]["IdempotencyKeyReusedOrInvalidFields"];
            429: components["responses"]["RateLimited"];
            431: components["responses"]["HeadersTooLarge"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["DeadlineExceededOrTooManyConnectionsOrUnavailable"];
        };
    };
    getSignedFile: {
        parameters: {
            query: {
                /** @description As in the link. */
                expires: string;
                /** @description As in the link. */
                signature: string;
                /** @description Lets a browser play the audio instead of saving it. */
                inline?: "1" | "" | "true";
            };
            header?: {
                /** @description One range of bytes (RFC 9110, section 14.2); several ranges are answered with the whole file. */
                Range?: string;
                /** @description Tag or time of the file that the range is of. */
                "If-Range"?: string;
                /** @description Tag of the file that the client has. */
                "If-None-Match"?: string;
                /** @description Tag of the file that the client means. */
                "If-Match"?: string;
                /** @description Time of the file that the client means. */
                "If-Unmodified-Since"?: string;
            };
            path: {
                /** @description Id of the audio. */
                audioId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The whole file */
            200: {
                headers: {
                    /** @description `bytes`: ranges are served. */
                    "Accept-Ranges": string;
                    /** @description Name of the file (RFC 6266). */
                    "Content-Disposition": string;
                    /** @description Bytes of this answer. */
                    "Content-Length": number;
                    /** @description Tag of the file; a file never changes. */
                    ETag: string;
                    /** @description When the file was stored. */
                    "Last-Modified": string;
                    "X-Request-Id": components["headers"]["RequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "audio/mpeg": string;
                    "audio/mp4": string;
                    "audio/ogg": string;
                    "audio/flac": string;
                    "audio/wav": string;
                };
            };
            /** @description A range of the file */
            206: {
                headers: {
                    /** @description `bytes`: ranges are served. */
                    "Accept-Ranges": string;
                    /** @description Name of the file (RFC 6266). */
                    "Content-Disposition": string;
                    /** @description Bytes of this answer. */
                    "Content-Length": number;
                    /** @description Tag of the file; a file never changes. */
                    ETag: string;
                    /** @description When the file was stored. */
                    "Last-Modified": string;
                    /** @description The range and the length of the whole file. */
                    "Content-Range": string;
                    "X-Request-Id": components["headers"]["RequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "audio/mpeg": string;
                    "audio/mp4": string;
                    "audio/ogg": string;
                    "audio/flac": string;
                    "audio/wav": string;
                };
            };
            /** @description The file that the client has is current */
            304: {
                headers: {
                    /** @description `bytes`: ranges are served. */
                    "Accept-Ranges": string;
                    /** @description Name of the file (RFC 6266). */
                    "Content-Disposition": string;
                    /** @description Tag of the file; a file never changes. */
                    ETag: string;
                    /** @description When the file was stored. */
                    "Last-Modified": string;
                    "X-Request-Id": components["headers"]["RequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["InvalidQueryOrRequestMalformed"];
            /**
             * @description Forbidden
             *
             *     - `link-invalid`: The link is not one of ours, or was changed on its way.
             */
            403: {
                headers: {
                    /** @description How to prove who you are (RFC 9110, section 11.6.1). */
                    "WWW-Authenticate"?: string;
                    "X-Request-Id": components["headers"]["RequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 403;
                        /** @enum {unknown} */
                        code?: "link-invalid";
                    };
                };
            };
            404: components["responses"]["NotFound"];
            /**
             * @description Gone
             *
             *     - `file-deleted`: The file was deleted while it was asked for.
             *     - `link-expired`: The link was valid once, and has expired.
             */
            410: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 410;
                        /** @enum {unknown} */
                        code?: "file-deleted" | "link-expired";
                    };
                };
            };
            412: components["responses"]["FileChanged"];
            416: components["responses"]["RangeNotSatisfiable"];
            417: components["responses"]["ExpectationFailed"];
            429: components["responses"]["RateLimitedOrTooManyDownloads"];
            431: components["responses"]["HeadersTooLarge"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["DeadlineExceededOrTooManyConnectionsOrUnavailable"];
        };
    };
    download: {
        parameters: {
            query: {
                /** @description Id of the audio: `result.audioId` of a completed job. */
                fid: string;
                /** @description Lets a browser play the audio instead of saving it. */
                inline?: "1" | "" | "true";
            };
            header?: {
                /** @description One range of bytes (RFC 9110, section 14.2); several ranges are answered with the whole file. */
                Range?: string;
                /** @description Tag or time of the file that the range is of. */
                "If-Range"?: string;
                /** @description Tag of the file that the client has. */
                "If-None-Match"?: string;
                /** @description Tag of the file that the client means. */
                "If-Match"?: string;
                /** @description Time of the file that the client means. */
                "If-Unmodified-Since"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The whole file */
            200: {
                headers: {
                    /** @description `bytes`: ranges are served. */
                    "Accept-Ranges": string;
                    /** @description Name of the file (RFC 6266). */
                    "Content-Disposition": string;
                    /** @description Bytes of this answer. */
                    "Content-Length": number;
                    /** @description Tag of the file; a file never changes. */
                    ETag: string;
                    /** @description When the file was stored. */
                    "Last-Modified": string;
                    "X-Request-Id": components["headers"]["RequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "audio/mpeg": string;
                    "audio/mp4": string;
                    "audio/ogg": string;
                    "audio/flac": string;
                    "audio/wav": string;
                };
            };
            /** @description A range of the file */
            206: {
                headers: {
                    /** @description `bytes`: ranges are served. */
                    "Accept-Ranges": string;
                    /** @description Name of the file (RFC 6266). */
                    "Content-Disposition": string;
                    /** @description Bytes of this answer. */
                    "Content-Length": number;
                    /** @description Tag of the file; a file never changes. */
                    ETag: string;
                    /** @description When the file was stored. */
                    "Last-Modified": string;
                    /** @description The range and the length of the whole file. */
                    "Content-Range": string;
                    "X-Request-Id": components["headers"]["RequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "audio/mpeg": string;
                    "audio/mp4": string;
                    "audio/ogg": string;
                    "audio/flac": string;
                    "audio/wav": string;
                };
            };
            /** @description The file that the client has is current */
            304: {
                headers: {
                    /** @description `bytes`: ranges are served. */
                    "Accept-Ranges": string;
                    /** @description Name of the file (RFC 6266). */
                    "Content-Disposition": string;
                    /** @description Tag of the file; a file never changes. */
                    ETag: string;
                    /** @description When the file was stored. */
                    "Last-Modified": string;
                    "X-Request-Id": components["headers"]["RequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["AuthorizationRepeatedOrInvalidQueryOrRequestMalformed"];
            401: components["responses"]["TokenExpiredOrTokenInvalidOrTokenMissing"];
            403: components["responses"]["CrossSiteRequestOrInsufficientScope"];
            /**
             * @description Not Found
             *
             *     - `file-unknown`: The user has no file with this id.
             */
            404: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 404;
                        /** @enum {unknown} */
                        code?: "file-unknown";
                    };
                };
            };
            /**
             * @description Gone
             *
             *     - `audio-expired`: The audio was removed, since its time was over. "expiredAt" says when; the detail says why.
             *     - `file-deleted`: The file was deleted while it was asked for.
             */
            410: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 410;
                        /** @enum {unknown} */
                        code?: "audio-expired" | "file-deleted";
                    };
                };
            };
            412: components["responses"]["FileChanged"];
            416: components["responses"]["RangeNotSatisfiable"];
            417: components["responses"]["ExpectationFailed"];
            429: components["responses"]["RateLimitedOrTooManyDownloads"];
            431: components["responses"]["HeadersTooLarge"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["DeadlineExceededOrTooManyConnectionsOrUnavailable"];
        };
    };
    downloadZip: {
        parameters: {
            query: {
                /** @description Ids of completed jobs, each as a parameter of its own. */
                job: string[];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The archive */
            200: {
                headers: {
                    /** @description Name of the archive (RFC 6266). */
                    "Content-Disposition": string;
                    /** @description Bytes of the archive. */
                    "Content-Length": number;
                    "X-Request-Id": components["headers"]["RequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/zip": string;
                };
            };
            400: components["responses"]["AuthorizationRepeatedOrInvalidQueryOrRequestMalformed"];
            401: components["responses"]["TokenExpiredOrTokenInvalidOrTokenMissing"];
            403: components["responses"]["CrossSiteRequestOrInsufficientScope"];
            /**
             * @description Not Found
             *
             *     - `job-unknown`: The user has no job with this id.
             */
            404: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 404;
                        /** @enum {unknown} */
                        code?: "job-unknown";
                    };
                };
            };
            409: components["responses"]["AudioNotReadyOrConversionFailed"];
            410: components["responses"]["AudioDeletedOrAudioExpiredOrFileDeleted"];
            417: components["responses"]["ExpectationFailed"];
            429: components["responses"]["RateLimitedOrTooManyDownloads"];
            431: components["responses"]["HeadersTooLarge"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["DeadlineExceededOrTooManyConnectionsOrUnavailable"];
        };
    };
    listQueues: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The queues */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        queues: components["schemas"]["QueueView"][];
                    };
                };
            };
            400: components["responses"]["AuthorizationRepeatedOrInvalidQueryOrRequestMalformed"];
            401: components["responses"]["TokenExpiredOrTokenInvalidOrTokenMissing"];
            403: components["responses"]["CrossSiteRequestOrInsufficientScope"];
            417: components["responses"]["ExpectationFailed"];
            429: components["responses"]["RateLimited"];
            431: components["responses"]["HeadersTooLarge"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["DeadlineExceededOrTooManyConnectionsOrUnavailable"];
        };
    };
    listDeadLetters: {
        parameters: {
            query: {
                /** @description Name of a queue. */
                queue: "video.convert" | "audio.ready" | "conversion.failed" | "conversion.mail" | "webhook.deliver" | "account.mail" | "account.erase" | "storage.upkeep";
                /** @description Most letters of a page, 1 to 100; 20 by default. */
                limit?: string;
                /** @description How many letters are skipped; 0 by default. */
                offset?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One page */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        letters: components["schemas"]["DeadLetterView"][];
                        /** @description Messages of the dead-letter queue, copies included. */
                        total: number;
                    };
                };
            };
            400: components["responses"]["AuthorizationRepeatedOrInvalidQueryOrRequestMalformed"];
            401: components["responses"]["TokenExpiredOrTokenInvalidOrTokenMissing"];
            403: components["responses"]["CrossSiteRequestOrInsufficientScope"];
            417: components["responses"]["ExpectationFailed"];
            429: components["responses"]["RateLimited"];
            431: components["responses"]["HeadersTooLarge"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["DeadLettersBusyOrDeadlineExceededOrTooManyConnectionsOrUnavailable"];
        };
    };
    getDeadLetter: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Name of a queue. */
                queue: "video.convert" | "audio.ready" | "conversion.failed" | "conversion.mail" | "webhook.deliver" | "account.mail" | "account.erase" | "storage.upkeep";
                /** @description The letter's id, which is its job's. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The letters, oldest first */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        letters: components["schemas"]["DeadLetterDetails"][];
                    };
                };
            };
            400: components["responses"]["AuthorizationRepeatedOrInvalidQueryOrRequestMalformed"];
            401: components["responses"]["TokenExpiredOrTokenInvalidOrTokenMissing"];
            403: components["responses"]["CrossSiteRequestOrInsufficientScope"];
            404: components["responses"]["DeadLetterUnknownOrNotFound"];
            417: components["responses"]["ExpectationFailed"];
            429: components["responses"]["RateLimited"];
            431: components["responses"]["HeadersTooLarge"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["DeadLettersBusyOrDeadlineExceededOrTooManyConnectionsOrUnavailable"];
        };
    };
    removeDeadLetter: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Name of a queue. */
                queue: "video.convert" | "audio.ready" | "conversion.failed" | "conversion.mail" | "webhook.deliver" | "account.mail" | "account.erase" | "storage.upkeep";
                /** @description The letter's id, which is its job's. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The letters are gone */
            204: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["AuthorizationRepeatedOrInvalidQueryOrRequestMalformed"];
            401: components["responses"]["TokenExpiredOrTokenInvalidOrTokenMissing"];
            403: components["responses"]["CrossSiteRequestOrInsufficientScope"];
            404: components["responses"]["DeadLetterUnknownOrNotFound"];
            417: components["responses"]["ExpectationFailed"];
            429: components["responses"]["RateLimited"];
            431: components["responses"]["HeadersTooLarge"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["DeadLettersBusyOrDeadlineExceededOrTooManyConnectionsOrUnavailable"];
        };
    };
    replayDeadLetter: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Name of a queue. */
                queue: "video.convert" | "audio.ready" | "conversion.failed" | "conversion.mail" | "webhook.deliver" | "account.mail" | "account.erase" | "storage.upkeep";
                /** @description The letter's id, which is its job's. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was done */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        /**
                         * @description The job runs again, from its record or made anew from the letter; or it needs no replay, and nothing was done.
                         * @enum {string}
                         */
                        outcome: "retried" | "rebuilt" | "moved-on";
                    };
                };
            };
            400: components["responses"]["AuthorizationRepeatedOrInvalidQueryOrRequestMalformed"];
            401: components["responses"]["TokenExpiredOrTokenInvalidOrTokenMissing"];
            403: components["responses"]["CrossSiteRequestOrInsufficientScope"];
            404: components["responses"]["DeadLetterUnknownOrNotFound"];
            /**
             * @description Conflict
             *
             *     - `dead-letter-not-replayable`: The dead letter cannot be replayed: it is no job, or what the job needs is gone. The detail says which.
             */
            409: {
                headers: {
                    /** @description Seconds after which the request can succeed. */
                    "Retry-After"?: number;
                    "X-Request-Id": components["headers"]["RequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 409;
                        /** @enum {unknown} */
                        code?: "dead-letter-not-replayable";
                    };
                };
            };
            417: components["responses"]["ExpectationFailed"];
            429: components["responses"]["RateLimited"];
            431: components["responses"]["HeadersTooLarge"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["DeadLettersBusyOrDeadlineExceededOrTooManyConnectionsOrUnavailable"];
        };
    };
    getStorage: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The stores */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["StorageView"];
                };
            };
            400: components["responses"]["AuthorizationRepeatedOrInvalidQueryOrRequestMalformed"];
            401: components["responses"]["TokenExpiredOrTokenInvalidOrTokenMissing"];
            403: components["responses"]["CrossSiteRequestOrInsufficientScope"];
            417: components["responses"]["ExpectationFailed"];
            429: components["responses"]["RateLimited"];
            431: components["responses"]["HeadersTooLarge"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["DeadlineExceededOrTooManyConnectionsOrUnavailable"];
        };
    };
    requestUpkeep: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It runs as soon as a gateway takes the job */
            202: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["AuthorizationRepeatedOrInvalidQueryOrRequestMalformed"];
            401: components["responses"]["TokenExpiredOrTokenInvalidOrTokenMissing"];
            403: components["responses"]["CrossSiteRequestOrInsufficientScope"];
            417: components["responses"]["ExpectationFailed"];
            429: components["responses"]["RateLimited"];
            431: components["responses"]["HeadersTooLarge"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["DeadlineExceededOrTooManyConnectionsOrUnavailable"];
        };
    };
    listFailures: {
        parameters: {
            query?: {
                /** @description Only from this day on, in UTC. 7 days ago by default; 30 days at most. */
                since?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The failures */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FailureList"];
                };
            };
            400: components["responses"]["AuthorizationRepeatedOrInvalidQueryOrRequestMalformed"];
            401: components["responses"]["TokenExpiredOrTokenInvalidOrTokenMissing"];
            403: components["responses"]["CrossSiteRequestOrInsufficientScope"];
            417: components["responses"]["ExpectationFailed"];
            429: components["responses"]["RateLimited"];
            431: components["responses"]["HeadersTooLarge"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["DeadlineExceededOrTooManyConnectionsOrUnavailable"];
        };
    };
    listUsage: {
        parameters: {
            query?: {
                /** @description Ids of users, 100 at most, with commas between them. */
                users?: string;
                /** @description Most users of a page, 1 to 100; 20 by default. */
                limit?: string;
                /** @description Cursor of "next" of the previous page. */
                before?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description One page */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UsageList"];
                };
            };
            400: components["responses"]["AuthorizationRepeatedOrInvalidQueryOrRequestMalformed"];
            401: components["responses"]["TokenExpiredOrTokenInvalidOrTokenMissing"];
            403: components["responses"]["CrossSiteRequestOrInsufficientScope"];
            417: components["responses"]["ExpectationFailed"];
            429: components["responses"]["RateLimited"];
            431: components["responses"]["HeadersTooLarge"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["DeadlineExceededOrTooManyConnectionsOrUnavailable"];
        };
    };
    sendVerifyEmail: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/x-www-form-urlencoded": {
                    token: string;
                };
            };
        };
        responses: {
            /** @description It is done, in words. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "text/html": string;
                };
            };
            /**
             * @description Bad Request
             *
             *     - `invalid-query`: A parameter of the query is unknown or has a value that it cannot have. The detail names it.
             *     - `request-malformed`: The request is no HTTP that the service understands. The detail says what is wrong with it.
             */
            400: {
                headers: {
                    /** @description How to prove who you are (RFC 9110, section 11.6.1). */
                    "WWW-Authenticate"?: string;
                    "X-Request-Id": components["headers"]["RequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "text/html": string;
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 400;
                        /** @enum {unknown} */
                        code?: "invalid-query" | "request-malformed";
                    };
                };
            };
            /**
             * @description Request Timeout
             *
             *     - `request-timeout`: The request did not arrive in time. Send it again.
             */
            408: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "text/html": string;
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 408;
                        /** @enum {unknown} */
                        code?: "request-timeout";
                    };
                };
            };
            /** @description The address has another account now, in words. */
            409: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "text/html": string;
                };
            };
            /**
             * @description Payload Too Large
             *
             *     - `body-too-large`: The body has more bytes than the endpoint takes. The detail says how many that are.
             */
            413: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "text/html": string;
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 413;
                        /** @enum {unknown} */
                        code?: "body-too-large";
                    };
                };
            };
            /** @description The body is no form, in words. */
            415: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "text/html": string;
                };
            };
            417: components["responses"]["ExpectationFailed"];
            /** @description The page once more, with what is wrong with the field. */
            422: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "text/html": string;
                };
            };
            /**
             * @description Too Many Requests
             *
             *     - `rate-limited`: Too many requests. Wait as many seconds as the header "Retry-After" says.
             */
            429: {
                headers: {
                    /** @description Seconds to wait before the request is sent again. */
                    "Retry-After": number;
                    "X-Request-Id": components["headers"]["RequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "text/html": string;
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 429;
                        /** @enum {unknown} */
                        code?: "rate-limited";
                    };
                };
            };
            431: components["responses"]["HeadersTooLarge"];
            500: components["responses"]["InternalError"];
            /**
             * @description Service Unavailable
             *
             *     - `deadline-exceeded`: The service could not answer in time. Send the request again after "Retry-After" seconds.
             *     - `too-many-connections`: The service, or your address, has too many connections open. Close some, or try again soon.
             *     - `unavailable`: A server that the request needs does not answer. Send it again after "Retry-After" seconds.
             */
            503: {
                headers: {
                    /** @description Seconds to wait before the request is sent again. */
                    "Retry-After": number;
                    "X-Request-Id": components["headers"]["RequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "text/html": string;
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 503;
                        /** @enum {unknown} */
                        code?: "deadline-exceeded" | "too-many-connections" | "unavailable";
                    };
                };
            };
        };
    };
    showConfirmEmail: {
        parameters: {
            query: {
                token: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The page. It changes nothing: programs that look for harmful links open every link in a mail. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "text/html": string;
                };
            };
            /**
             * @description Bad Request
             *
             *     - `invalid-query`: A parameter of the query is unknown or has a value that it cannot have. The detail names it.
             *     - `request-malformed`: The request is no HTTP that the service understands. The detail says what is wrong with it.
             */
            400: {
                headers: {
                    /** @description How to prove who you are (RFC 9110, section 11.6.1). */
                    "WWW-Authenticate"?: string;
                    "X-Request-Id": components["headers"]["RequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "text/html": string;
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 400;
                        /** @enum {unknown} */
                        code?: "invalid-query" | "request-malformed";
                    };
                };
            };
            417: components["responses"]["ExpectationFailed"];
            /**
             * @description Too Many Requests
             *
             *     - `rate-limited`: Too many requests. Wait as many seconds as the header "Retry-After" says.
             */
            429: {
                headers: {
                    /** @description Seconds to wait before the request is sent again. */
                    "Retry-After": number;
                    "X-Request-Id": components["headers"]["RequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "text/html": string;
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 429;
                        /** @enum {unknown} */
                        code?: "rate-limited";
                    };
                };
            };
            431: components["responses"]["HeadersTooLarge"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["DeadlineExceededOrTooManyConnectionsOrUnavailable"];
        };
    };
    sendConfirmEmail: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/x-www-form-urlencoded": {
                    token: string;
                };
            };
        };
        responses: {
            /** @description It is done, in words. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "text/html": string;
                };
            };
            /**
             * @description Bad Request
             *
             *     - `invalid-query`: A parameter of the query is unknown or has a value that it cannot have. The detail names it.
             *     - `request-malformed`: The request is no HTTP that the service understands. The detail says what is wrong with it.
             */
            400: {
                headers: {
                    /** @description How to prove who you are (RFC 9110, section 11.6.1). */
                    "WWW-Authenticate"?: string;
                    "X-Request-Id": components["headers"]["RequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "text/html": string;
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 400;
                        /** @enum {unknown} */
                        code?: "invalid-query" | "request-malformed";
                    };
                };
            };
            /**
             * @description Request Timeout
             *
             *     - `request-timeout`: The request did not arrive in time. Send it again.
             */
            408: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "text/html": string;
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 408;
                        /** @enum {unknown} */
                        code?: "request-timeout";
                    };
                };
            };
            /** @description The address has another account now, in words. */
            409: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "text/html": string;
                };
            };
            /**
             * @description Payload Too Large
             *
             *     - `body-too-large`: The body has more bytes than the endpoint takes. The detail says how many that are.
             */
            413: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "text/html": string;
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 413;
                        /** @enum {unknown} */
                        code?: "body-too-large";
                    };
                };
            };
            /** @description The body is no form, in words. */
            415: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "text/html": string;
                };
            };
            417: components["responses"]["ExpectationFailed"];
            /** @description The page once more, with what is wrong with the field. */
            422: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "text/html": string;
                };
            };
            /**
             * @description Too Many Requests
             *
             *     - `rate-limited`: Too many requests. Wait as many seconds as the header "Retry-After" says.
             */
            429: {
                headers: {
                    /** @description Seconds to wait before the request is sent again. */
                    "Retry-After": number;
                    "X-Request-Id": components["headers"]["RequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "text/html": string;
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 429;
                        /** @enum {unknown} */
                        code?: "rate-limited";
                    };
                };
            };
            431: components["responses"]["HeadersTooLarge"];
            500: components["responses"]["InternalError"];
            /**
             * @description Service Unavailable
             *
             *     - `deadline-exceeded`: The service could not answer in time. Send the request again after "Retry-After" seconds.
             *     - `too-many-connections`: The service, or your address, has too many connections open. Close some, or try again soon.
             *     - `unavailable`: A server that the request needs does not answer. Send it again after "Retry-After" seconds.
             */
            503: {
                headers: {
                    /** @description Seconds to wait before the request is sent again. */
                    "Retry-After": number;
                    "X-Request-Id": components["headers"]["RequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "text/html": string;
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 503;
                        /** @enum {unknown} */
                        code?: "deadline-exceeded" | "too-many-connections" | "unavailable";
                    };
                };
            };
        };
    };
    showResetPassword: {
        parameters: {
            query: {
                token: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The page. It changes nothing: programs that look for harmful links open every link in a mail. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "text/html": string;
                };
            };
            /**
             * @description Bad Request
             *
             *     - `invalid-query`: A parameter of the query is unknown or has a value that it cannot have. The detail names it.
             *     - `request-malformed`: The request is no HTTP that the service understands. The detail says what is wrong with it.
             */
            400: {
                headers: {
                    /** @description How to prove who you are (RFC 9110, section 11.6.1). */
                    "WWW-Authenticate"?: string;
                    "X-Request-Id": components["headers"]["RequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "text/html": string;
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 400;
                        /** @enum {unknown} */
                        code?: "invalid-query" | "request-malformed";
                    };
                };
            };
            417: components["responses"]["ExpectationFailed"];
            /**
             * @description Too Many Requests
             *
             *     - `rate-limited`: Too many requests. Wait as many seconds as the header "Retry-After" says.
             */
            429: {
                headers: {
                    /** @description Seconds to wait before the request is sent again. */
                    "Retry-After": number;
                    "X-Request-Id": components["headers"]["RequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "text/html": string;
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 429;
                        /** @enum {unknown} */
                        code?: "rate-limited";
                    };
                };
            };
            431: components["responses"]["HeadersTooLarge"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["DeadlineExceededOrTooManyConnectionsOrUnavailable"];
        };
    };
    sendResetPassword: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/x-www-form-urlencoded": {
                    token: string;
                    password: string;
                };
            };
        };
        responses: {
            /** @description It is done, in words. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "text/html": string;
                };
            };
            /**
             * @description Bad Request
             *
             *     - `invalid-query`: A parameter of the query is unknown or has a value that it cannot have. The detail names it.
             *     - `request-malformed`: The request is no HTTP that the service understands. The detail says what is wrong with it.
             */
            400: {
                headers: {
                    /** @description How to prove who you are (RFC 9110, section 11.6.1). */
                    "WWW-Authenticate"?: string;
                    "X-Request-Id": components["headers"]["RequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "text/html": string;
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 400;
                        /** @enum {unknown} */
                        code?: "invalid-query" | "request-malformed";
                    };
                };
            };
            /**
             * @description Request Timeout
             *
             *     - `request-timeout`: The request did not arrive in time. Send it again.
             */
            408: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "text/html": string;
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 408;
                        /** @enum {unknown} */
                        code?: "request-timeout";
                    };
                };
            };
            /** @description The address has another account now, in words. */
            409: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "text/html": string;
                };
            };
            /**
             * @description Payload Too Large
             *
             *     - `body-too-large`: The body has more bytes than the endpoint takes. The detail says how many that are.
             */
            413: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "text/html": string;
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 413;
                        /** @enum {unknown} */
                        code?: "body-too-large";
                    };
                };
            };
            /** @description The body is no form, in words. */
            415: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "text/html": string;
                };
            };
            417: components["responses"]["ExpectationFailed"];
            /** @description The page once more, with what is wrong with the field. */
            422: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "text/html": string;
                };
            };
            /**
             * @description Too Many Requests
             *
             *     - `rate-limited`: Too many requests. Wait as many seconds as the header "Retry-After" says.
             */
            429: {
                headers: {
                    /** @description Seconds to wait before the request is sent again. */
                    "Retry-After": number;
                    "X-Request-Id": components["headers"]["RequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "text/html": string;
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 429;
                        /** @enum {unknown} */
                        code?: "rate-limited";
                    };
                };
            };
            431: components["responses"]["HeadersTooLarge"];
            500: components["responses"]["InternalError"];
            /**
             * @description Service Unavailable
             *
             *     - `deadline-exceeded`: The service could not answer in time. Send the request again after "Retry-After" seconds.
             *     - `too-many-connections`: The service, or your address, has too many connections open. Close some, or try again soon.
             *     - `unavailable`: A server that the request needs does not answer. Send it again after "Retry-After" seconds.
             */
            503: {
                headers: {
                    /** @description Seconds to wait before the request is sent again. */
                    "Retry-After": number;
                    "X-Request-Id": components["headers"]["RequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "text/html": string;
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 503;
                        /** @enum {unknown} */
                        code?: "deadline-exceeded" | "too-many-connections" | "unavailable";
                    };
                };
            };
        };
    };
    showUnsubscribe: {
        parameters: {
            query: {
                token: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The page. It changes nothing: programs that look for harmful links open every link in a mail. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "text/html": string;
                };
            };
            /**
             * @description Bad Request
             *
             *     - `invalid-query`: A parameter of the query is unknown or has a value that it cannot have. The detail names it.
             *     - `request-malformed`: The request is no HTTP that the service understands. The detail says what is wrong with it.
             */
            400: {
                headers: {
                    /** @description How to prove who you are (RFC 9110, section 11.6.1). */
                    "WWW-Authenticate"?: string;
                    "X-Request-Id": components["headers"]["RequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "text/html": string;
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 400;
                        /** @enum {unknown} */
                        code?: "invalid-query" | "request-malformed";
                    };
                };
            };
            417: components["responses"]["ExpectationFailed"];
            /**
             * @description Too Many Requests
             *
             *     - `rate-limited`: Too many requests. Wait as many seconds as the header "Retry-After" says.
             */
            429: {
                headers: {
                    /** @description Seconds to wait before the request is sent again. */
                    "Retry-After": number;
                    "X-Request-Id": components["headers"]["RequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "text/html": string;
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 429;
                        /** @enum {unknown} */
                        code?: "rate-limited";
                    };
                };
            };
            431: components["responses"]["HeadersTooLarge"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["DeadlineExceededOrTooManyConnectionsOrUnavailable"];
        };
    };
    unsubscribe: {
        parameters: {
            query: {
                token: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/x-www-form-urlencoded": string;
                "multipart/form-data": string;
            };
        };
        responses: {
            /** @description It is done, in words. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "text/html": string;
                };
            };
            /**
             * @description Bad Request
             *
             *     - `invalid-query`: A parameter of the query is unknown or has a value that it cannot have. The detail names it.
             *     - `request-malformed`: The request is no HTTP that the service understands. The detail says what is wrong with it.
             */
            400: {
                headers: {
                    /** @description How to prove who you are (RFC 9110, section 11.6.1). */
                    "WWW-Authenticate"?: string;
                    "X-Request-Id": components["headers"]["RequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "text/html": string;
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 400;
                        /** @enum {unknown} */
                        code?: "invalid-query" | "request-malformed";
                    };
                };
            };
            /**
             * @description Request Timeout
             *
             *     - `request-timeout`: The request did not arrive in time. Send it again.
             */
            408: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "text/html": string;
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 408;
                        /** @enum {unknown} */
                        code?: "request-timeout";
                    };
                };
            };
            /** @description The address has another account now, in words. */
            409: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "text/html": string;
                };
            };
            /**
             * @description Payload Too Large
             *
             *     - `body-too-large`: The body has more bytes than the endpoint takes. The detail says how many that are.
             */
            413: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "text/html": string;
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 413;
                        /** @enum {unknown} */
                        code?: "body-too-large";
                    };
                };
            };
            /** @description The body is no form, in words. */
            415: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "text/html": string;
                };
            };
            417: components["responses"]["ExpectationFailed"];
            /** @description The page once more, with what is wrong with the field. */
            422: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "text/html": string;
                };
            };
            /**
             * @description Too Many Requests
             *
             *     - `rate-limited`: Too many requests. Wait as many seconds as the header "Retry-After" says.
             */
            429: {
                headers: {
                    /** @description Seconds to wait before the request is sent again. */
                    "Retry-After": number;
                    "X-Request-Id": components["headers"]["RequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "text/html": string;
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 429;
                        /** @enum {unknown} */
                        code?: "rate-limited";
                    };
                };
            };
            431: components["responses"]["HeadersTooLarge"];
            500: components["responses"]["InternalError"];
            /**
             * @description Service Unavailable
             *
             *     - `deadline-exceeded`: The service could not answer in time. Send the request again after "Retry-After" seconds.
             *     - `too-many-connections`: The service, or your address, has too many connections open. Close some, or try again soon.
             *     - `unavailable`: A server that the request needs does not answer. Send it again after "Retry-After" seconds.
             */
            503: {
                headers: {
                    /** @description Seconds to wait before the request is sent again. */
                    "Retry-After": number;
                    "X-Request-Id": components["headers"]["RequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "text/html": string;
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 503;
                        /** @enum {unknown} */
                        code?: "deadline-exceeded" | "too-many-connections" | "unavailable";
                    };
                };
            };
        };
    };
    showPlain: {
        parameters: {
            query?: {
                /** @description Cursor of the next page, as in `next` of this one. */
                before?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Forms, and the own jobs if somebody is signed in. */
            200: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "text/html": string;
                };
            };
            /**
             * @description Bad Request
             *
             *     - `invalid-query`: A parameter of the query is unknown or has a value that it cannot have. The detail names it.
             *     - `request-malformed`: The request is no HTTP that the service understands. The detail says what is wrong with it.
             */
            400: {
                headers: {
                    /** @description How to prove who you are (RFC 9110, section 11.6.1). */
                    "WWW-Authenticate"?: string;
                    "X-Request-Id": components["headers"]["RequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "text/html": string;
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 400;
                        /** @enum {unknown} */
                        code?: "invalid-query" | "request-malformed";
                    };
                };
            };
            /** @description The form was not sent by a page of ours, or the account is locked, in words. */
            403: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "text/html": string;
                };
            };
            417: components["responses"]["ExpectationFailed"];
            /**
             * @description Too Many Requests
             *
             *     - `rate-limited`: Too many requests. Wait as many seconds as the header "Retry-After" says.
             */
            429: {
                headers: {
                    /** @description Seconds to wait before the request is sent again. */
                    "Retry-After": number;
                    "X-Request-Id": components["headers"]["RequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "text/html": string;
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 429;
                        /** @enum {unknown} */
                        code?: "rate-limited";
                    };
                };
            };
            431: components["responses"]["HeadersTooLarge"];
            500: components["responses"]["InternalError"];
            /**
             * @description Service Unavailable
             *
             *     - `deadline-exceeded`: The service could not answer in time. Send the request again after "Retry-After" seconds.
             *     - `too-many-connections`: The service, or your address, has too many connections open. Close some, or try again soon.
             *     - `unavailable`: A server that the request needs does not answer. Send it again after "Retry-After" seconds.
             */
            503: {
                headers: {
                    /** @description Seconds to wait before the request is sent again. */
                    "Retry-After": number;
                    "X-Request-Id": components["headers"]["RequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "text/html": string;
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 503;
                        /** @enum {unknown} */
                        code?: "deadline-exceeded" | "too-many-connections" | "unavailable";
                    };
                };
            };
        };
    };
    plainSignIn: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/x-www-form-urlencoded": {
                    email: string;
                    password: string;
                };
            };
        };
        responses: {
            /** @description It is done: the page shows it. */
            303: {
                headers: {
                    /** @description `/plain` */
                    Location: string;
                    /** @description Begins or ends the session. */
                    "Set-Cookie"?: string;
                    "X-Request-Id": components["headers"]["RequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            /**
             * @description Bad Request
             *
             *     - `invalid-query`: A parameter of the query is unknown or has a value that it cannot have. The detail names it.
             *     - `request-malformed`: The request is no HTTP that the service understands. The detail says what is wrong with it.
             */
            400: {
                headers: {
                    /** @description How to prove who you are (RFC 9110, section 11.6.1). */
                    "WWW-Authenticate"?: string;
                    "X-Request-Id": components["headers"]["RequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "text/html": string;
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 400;
                        /** @enum {unknown} */
                        code?: "invalid-query" | "request-malformed";
                    };
                };
            };
            /** @description The form once more: address or password is wrong. */
            401: {
                headers: {
                    /** @description How programs prove who they are. */
                    "WWW-Authenticate": string;
                    "X-Request-Id": components["headers"]["RequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "text/html": string;
                };
            };
            /** @description The form was not sent by a page of ours, or the account is locked, in words. */
            403: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "text/html": string;
                };
            };
            /**
             * @description Request Timeout
             *
             *     - `request-timeout`: The request did not arrive in time. Send it again.
             */
            408: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "text/html": string;
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 408;
                        /** @enum {unknown} */
                        code?: "request-timeout";
                    };
                };
            };
            /**
             * @description Payload Too Large
             *
             *     - `body-too-large`: The body has more bytes than the endpoint takes. The detail says how many that are.
             */
            413: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "text/html": string;
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 413;
                        /** @enum {unknown} */
                        code?: "body-too-large";
                    };
                };
            };
            /** @description The body is no form, in words. */
            415: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "text/html": string;
                };
            };
            417: components["responses"]["ExpectationFailed"];
            /** @description The page once more, with what is wrong with the field. */
            422: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "text/html": string;
                };
            };
            /**
             * @description Too Many Requests
             *
             *     - `rate-limited`: Too many requests. Wait as many seconds as the header "Retry-After" says.
             */
            429: {
                headers: {
                    /** @description Seconds to wait before the request is sent again. */
                    "Retry-After": number;
                    "X-Request-Id": components["headers"]["RequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "text/html": string;
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 429;
                        /** @enum {unknown} */
                        code?: "rate-limited";
                    };
                };
            };
            431: components["responses"]["HeadersTooLarge"];
            500: components["responses"]["InternalError"];
            /**
             * @description Service Unavailable
             *
             *     - `deadline-exceeded`: The service could not answer in time. Send the request again after "Retry-After" seconds.
             *     - `too-many-connections`: The service, or your address, has too many connections open. Close some, or try again soon.
             *     - `unavailable`: A server that the request needs does not answer. Send it again after "Retry-After" seconds.
             */
            503: {
                headers: {
                    /** @description Seconds to wait before the request is sent again. */
                    "Retry-After": number;
                    "X-Request-Id": components["headers"]["RequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "text/html": string;
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 503;
                        /** @enum {unknown} */
                        code?: "deadline-exceeded" | "too-many-connections" | "unavailable";
                    };
                };
            };
        };
    };
    plainGuest: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/x-www-form-urlencoded": string;
            };
        };
        responses: {
            /** @description It is done: the page shows it. */
            303: {
                headers: {
                    /** @description `/plain` */
                    Location: string;
                    /** @description Begins or ends the session. */
                    "Set-Cookie"?: string;
                    "X-Request-Id": components["headers"]["RequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            /**
             * @description Bad Request
             *
             *     - `invalid-query`: A parameter of the query is unknown or has a value that it cannot have. The detail names it.
             *     - `request-malformed`: The request is no HTTP that the service understands. The detail says what is wrong with it.
             */
            400: {
                headers: {
                    /** @description How to prove who you are (RFC 9110, section 11.6.1). */
                    "WWW-Authenticate"?: string;
                    "X-Request-Id": components["headers"]["RequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "text/html": string;
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 400;
                        /** @enum {unknown} */
                        code?: "invalid-query" | "request-malformed";
                    };
                };
            };
            /** @description The form was not sent by a page of ours, or the account is locked, in words. */
            403: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "text/html": string;
                };
            };
            408: components["responses"]["RequestTimeout"];
            413: components["responses"]["BodyTooLarge"];
            417: components["responses"]["ExpectationFailed"];
            /**
             * @description Too Many Requests
             *
             *     - `rate-limited`: Too many requests. Wait as many seconds as the header "Retry-After" says.
             */
            429: {
                headers: {
                    /** @description Seconds to wait before the request is sent again. */
                    "Retry-After": number;
                    "X-Request-Id": components["headers"]["RequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "text/html": string;
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 429;
                        /** @enum {unknown} */
                        code?: "rate-limited";
                    };
                };
            };
            431: components["responses"]["HeadersTooLarge"];
            500: components["responses"]["InternalError"];
            /**
             * @description Service Unavailable
             *
             *     - `deadline-exceeded`: The service could not answer in time. Send the request again after "Retry-After" seconds.
             *     - `too-many-connections`: The service, or your address, has too many connections open. Close some, or try again soon.
             *     - `unavailable`: A server that the request needs does not answer. Send it again after "Retry-After" seconds.
             */
            503: {
                headers: {
                    /** @description Seconds to wait before the request is sent again. */
                    "Retry-After": number;
                    "X-Request-Id": components["headers"]["RequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "text/html": string;
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 503;
                        /** @enum {unknown} */
                        code?: "deadline-exceeded" | "too-many-connections" | "unavailable";
                    };
                };
            };
        };
    };
    plainSignOut: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/x-www-form-urlencoded": string;
            };
        };
        responses: {
            /** @description It is done: the page shows it. */
            303: {
                headers: {
                    /** @description `/plain` */
                    Location: string;
                    /** @description Begins or ends the session. */
                    "Set-Cookie"?: string;
                    "X-Request-Id": components["headers"]["RequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            /**
             * @description Bad Request
             *
             *     - `invalid-query`: A parameter of the query is unknown or has a value that it cannot have. The detail names it.
             *     - `request-malformed`: The request is no HTTP that the service understands. The detail says what is wrong with it.
             */
            400: {
                headers: {
                    /** @description How to prove who you are (RFC 9110, section 11.6.1). */
                    "WWW-Authenticate"?: string;
                    "X-Request-Id": components["headers"]["RequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "text/html": string;
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 400;
                        /** @enum {unknown} */
                        code?: "invalid-query" | "request-malformed";
                    };
                };
            };
            /** @description The form was not sent by a page of ours, or the account is locked, in words. */
            403: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "text/html": string;
                };
            };
            408: components["responses"]["RequestTimeout"];
            413: components["responses"]["BodyTooLarge"];
            417: components["responses"]["ExpectationFailed"];
            /**
             * @description Too Many Requests
             *
             *     - `rate-limited`: Too many requests. Wait as many seconds as the header "Retry-After" says.
             */
            429: {
                headers: {
                    /** @description Seconds to wait before the request is sent again. */
                    "Retry-After": number;
                    "X-Request-Id": components["headers"]["RequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "text/html": string;
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 429;
                        /** @enum {unknown} */
                        code?: "rate-limited";
                    };
                };
            };
            431: components["responses"]["HeadersTooLarge"];
            500: components["responses"]["InternalError"];
            /**
             * @description Service Unavailable
             *
             *     - `deadline-exceeded`: The service could not answer in time. Send the request again after "Retry-After" seconds.
             *     - `too-many-connections`: The service, or your address, has too many connections open. Close some, or try again soon.
             *     - `unavailable`: A server that the request needs does not answer. Send it again after "Retry-After" seconds.
             */
            503: {
                headers: {
                    /** @description Seconds to wait before the request is sent again. */
                    "Retry-After": number;
                    "X-Request-Id": components["headers"]["RequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "text/html": string;
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 503;
                        /** @enum {unknown} */
                        code?: "deadline-exceeded" | "too-many-connections" | "unavailable";
                    };
                };
            };
        };
    };
    plainUpload: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "multipart/form-data": {
                    /**
                     * Format: binary
                     * @description The video.
                     */
                    file: string;
                    /**
                     * @default mp3
                     * @enum {string}
                     */
                    format?: "mp3" | "m4a" | "opus" | "flac" | "wav";
                    /** @description Bit rate in kbit/s: 64 to 320 for mp3, 32 to 320 for m4a and opus; flac and wav have none. */
                    bitrate?: number;
                    /** @description Quality of an mp3 of variable bit rate, 0 the best; not together with bitrate. */
                    quality?: number;
                    /** @description Sample rate in Hz, one that the format has. mp3 has 44,100 by default, the others that of the file. */
                    sampleRate?: number;
                    /** @description mp3 has 2 by default, the others as many as the file, 2 at most. */
                    channels?: 1 | 2;
                    /** @description Audio track: its number, 1 for the first, or its language, such as "de" or "deu". */
                    track?: number | string;
                    /** @description Where the audio begins, in seconds. */
                    start?: number;
                    /** @description Where the audio ends, in seconds. */
                    end?: number;
                    /**
                     * @description Whether the loudness becomes that of EBU R128.
                     * @default false
                     */
                    normalize?: boolean;
                    title?: string;
                    artist?: string;
                    album?: string;
                    /**
                     * @description What happens to the tags of the file.
                     * @default keep
                     * @enum {string}
                     */
                    tags?: "keep" | "drop";
                    /**
                     * @description What happens to the picture of the file.
                     * @default keep
                     * @enum {string}
                     */
                    cover?: "keep" | "drop";
                    /**
                     * @description Of a damaged file: deliver what can be decoded, with warnings, or fail.
                     * @default deliver
                     * @enum {string}
                     */
                    onDamage?: "deliver" | "fail";
                };
            };
        };
        responses: {
            /** @description It is done: the page shows it. */
            303: {
                headers: {
                    /** @description `/plain` */
                    Location: string;
                    /** @description Begins or ends the session. */
                    "Set-Cookie"?: string;
                    "X-Request-Id": components["headers"]["RequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            /**
             * @description Bad Request
             *
             *     - `invalid-query`: A parameter of the query is unknown or has a value that it cannot have. The detail names it.
             *     - `request-malformed`: The request is no HTTP that the service understands. The detail says what is wrong with it.
             */
            400: {
                headers: {
                    /** @description How to prove who you are (RFC 9110, section 11.6.1). */
                    "WWW-Authenticate"?: string;
                    "X-Request-Id": components["headers"]["RequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "text/html": string;
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 400;
                        /** @enum {unknown} */
                        code?: "invalid-query" | "request-malformed";
                    };
                };
            };
            /** @description Nobody is signed in any more, in words. */
            401: {
                headers: {
                    /** @description How programs prove who they are. */
                    "WWW-Authenticate": string;
                    "X-Request-Id": components["headers"]["RequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "text/html": string;
                };
            };
            /** @description The form was not sent by a page of ours, or the account is locked, in words. */
            403: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "text/html": string;
                };
            };
            /**
             * @description Request Timeout
             *
             *     - `request-timeout`: The request did not arrive in time. Send it again.
             */
            408: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "text/html": string;
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 408;
                        /** @enum {unknown} */
                        code?: "request-timeout";
                    };
                };
            };
            /**
             * @description Payload Too Large
             *
             *     - `body-too-large`: The body has more bytes than the endpoint takes. The detail says how many that are.
             */
            413: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "text/html": string;
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 413;
                        /** @enum {unknown} */
                        code?: "body-too-large";
                    };
                };
            };
            /** @description The body is no form, in words. */
            415: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "text/html": string;
                };
            };
            417: components["responses"]["ExpectationFailed"];
            /** @description The page once more, with what is wrong with the field. */
            422: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "text/html": string;
                };
            };
            /**
             * @description Too Many Requests
             *
             *     - `rate-limited`: Too many requests. Wait as many seconds as the header "Retry-After" says.
             */
            429: {
                headers: {
                    /** @description Seconds to wait before the request is sent again. */
                    "Retry-After": number;
                    "X-Request-Id": components["headers"]["RequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "text/html": string;
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 429;
                        /** @enum {unknown} */
                        code?: "rate-limited";
                    };
                };
            };
            431: components["responses"]["HeadersTooLarge"];
            500: components["responses"]["InternalError"];
            /**
             * @description Service Unavailable
             *
             *     - `deadline-exceeded`: The service could not answer in time. Send the request again after "Retry-After" seconds.
             *     - `too-many-connections`: The service, or your address, has too many connections open. Close some, or try again soon.
             *     - `unavailable`: A server that the request needs does not answer. Send it again after "Retry-After" seconds.
             */
            503: {
                headers: {
                    /** @description Seconds to wait before the request is sent again. */
                    "Retry-After": number;
                    "X-Request-Id": components["headers"]["RequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "text/html": string;
                    "application/problem+json": components["schemas"]["Problem"] & {
                        /** @constant */
                        status?: 503;
                        /** @enum {unknown} */
                        code?: "deadline-exceeded" | "too-many-connections" | "unavailable";
                    };
                };
            };
            /** @description There is no room for the file, in words. */
            507: {
                headers: {
                    "X-Request-Id": components["headers"]["RequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "text/html": string;
                };
            };
        };
    };
    getOpenapi: {
        parameters: {
            query?: never;
            header?: {
                /** @description Tag of what the client has. */
                "If-None-Match"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The document */
            200: {
                headers: {
                    /** @description Tag of the content. */
                    ETag: string;
                    "X-Request-Id": components["headers"]["RequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        openapi: string;
                    } & {
                        [key: string]: unknown;
                    };
                };
            };
            /** @description What the client has is current */
            304: {
                headers: {
                    /** @description Tag of the content. */
                    ETag: string;
                    "X-Request-Id": components["headers"]["RequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["InvalidQueryOrRequestMalformed"];
            417: components["responses"]["ExpectationFailed"];
            429: components["responses"]["RateLimited"];
            431: components["responses"]["HeadersTooLarge"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["DeadlineExceededOrTooManyConnectionsOrUnavailable"];
        };
    };
    viewDocs: {
        parameters: {
            query?: never;
            header?: {
                /** @description Tag of what the client has. */
                "If-None-Match"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page */
            200: {
                headers: {
                    /** @description Tag of the content. */
                    ETag: string;
                    "X-Request-Id": components["headers"]["RequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "text/html": string;
                };
            };
            /** @description What the client has is current */
            304: {
                headers: {
                    /** @description Tag of the content. */
                    ETag: string;
                    "X-Request-Id": components["headers"]["RequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["InvalidQueryOrRequestMalformed"];
            417: components["responses"]["ExpectationFailed"];
            429: components["responses"]["RateLimited"];
            431: components["responses"]["HeadersTooLarge"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["DeadlineExceededOrTooManyConnectionsOrUnavailable"];
        };
    };
    viewProblems: {
        parameters: {
            query?: never;
            header?: {
                /** @description Tag of what the client has. */
                "If-None-Match"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page */
            200: {
                headers: {
                    /** @description Tag of the content. */
                    ETag: string;
                    "X-Request-Id": components["headers"]["RequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "text/html": string;
                };
            };
            /** @description What the client has is current */
            304: {
                headers: {
                    /** @description Tag of the content. */
                    ETag: string;
                    "X-Request-Id": components["headers"]["RequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["InvalidQueryOrRequestMalformed"];
            417: components["responses"]["ExpectationFailed"];
            429: components["responses"]["RateLimited"];
            431: components["responses"]["HeadersTooLarge"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["DeadlineExceededOrTooManyConnectionsOrUnavailable"];
        };
    };
    getDocsAsset: {
        parameters: {
            query?: never;
            header?: {
                /** @description Tag of what the client has. */
                "If-None-Match"?: string;
            };
            path: {
                asset: "swagger-ui.css" | "swagger-ui-bundle.js" | "docs.js" | "docs.css" | "icon.svg";
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The file */
            200: {
                headers: {
                    /** @description Tag of the content. */
                    ETag: string;
                    "X-Request-Id": components["headers"]["RequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content: {
                    "text/css": string;
                    "text/javascript": string;
                    "image/svg+xml": string;
                };
            };
            /** @description What the client has is current */
            304: {
                headers: {
                    /** @description Tag of the content. */
                    ETag: string;
                    "X-Request-Id": components["headers"]["RequestId"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["InvalidQueryOrRequestMalformed"];
            404: components["responses"]["NotFound"];
            417: components["responses"]["ExpectationFailed"];
            429: components["responses"]["RateLimited"];
            431: components["responses"]["HeadersTooLarge"];
            500: components["responses"]["InternalError"];
            503: components["responses"]["DeadlineExceededOrTooManyConnectionsOrUnavailable"];
        };
    };
}

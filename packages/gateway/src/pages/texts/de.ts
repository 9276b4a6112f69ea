import { html } from '../html.ts'
import type { PageTexts } from './en.ts'

export const de: PageTexts = {
  verify: {
    title: 'Bestätigen Sie Ihre E-Mail-Adresse',
    lead: 'Drücken Sie den Knopf, um zu bestätigen, dass diese Adresse Ihnen gehört.',
    button: 'Adresse bestätigen',
    hint: 'Wenn Sie sich hier nicht angemeldet haben, schließen Sie diese Seite: Es ist nichts geschehen.',
    doneTitle: 'Ihre E-Mail-Adresse ist bestätigt',
    done: html`<p><a href="/">Weiter zum Anfang</a>. Ist noch eine Seite von uns offen, merkt sie es von selbst.</p>`,
    whenVoid: html`<p>Ist Ihre Adresse noch nicht bestätigt, fordern Sie in den <a href="/settings">Einstellungen</a> eine neue E-Mail an.</p>`,
  },
  confirm: {
    title: 'Bestätigen Sie Ihre neue E-Mail-Adresse',
    lead: 'Drücken Sie den Knopf, um zu bestätigen, dass diese Adresse Ihnen gehört. Von da an hat Ihr Konto diese Adresse.',
    button: 'Diese Adresse verwenden',
    hint: 'Wenn Sie hier kein Konto haben, schließen Sie diese Seite: Es ist nichts geschehen.',
    doneTitle: 'Ihre E-Mail-Adresse ist geändert',
    done: html`<p>Von jetzt an <a href="/sign-in">melden Sie sich</a> mit der neuen Adresse an.</p>`,
    whenVoid: html`<p>Hat Ihr Konto noch die alte Adresse, ändern Sie sie noch einmal in den <a href="/settings">Einstellungen</a>: Sie
bekommen eine neue E-Mail.</p>`,
  },
  reset: {
    title: 'Wählen Sie ein neues Passwort',
    lead: 'Sie werden überall abgemeldet, und Ihre API-Schlüssel gelten nicht mehr.',
    button: 'Passwort ändern',
    hint: undefined,
    doneTitle: 'Ihr Passwort ist geändert',
    done: html`<p><a href="/sign-in">Melden Sie sich</a> mit dem neuen Passwort an. Wenn Sie API-Schlüssel benutzen, legen Sie neue an.</p>`,
    whenVoid: html`<p>Fordern Sie noch einmal <a href="/forgot-password">ein neues Passwort</a> an: Sie bekommen eine neue E-Mail.</p>`,
  },
  password: {
    label: 'Neues Passwort',
    rules: least =>
      `Mindestens ${least} Zeichen, je mehr, desto besser: Mehrere Wörter merkt man sich leicht. Leerzeichen und alle Schriften sind willkommen. Passwörter, die viele benutzen oder die bekannt geworden sind, gehen nicht.`,
    refused: detail => {
      const [, word] = refusals.find(([pattern]) => pattern.test(detail)) ?? []
      return word ?? 'Dieses Passwort geht nicht. Wählen Sie ein anderes.'
    },
  },
  incomplete: {
    title: 'Dieser Link ist nicht vollständig',
    text: 'Öffnen Sie den Link in der E-Mail noch einmal, oder kopieren Sie ihn ganz: Er kann über zwei Zeilen gehen.',
  },
  void: {
    title: 'Dieser Link gilt nicht mehr',
    text: 'Er wurde schon benutzt, durch einen neueren ersetzt, oder seine Zeit ist um.',
  },
  taken: {
    title: 'Ein anderes Konto hat diese Adresse',
    text: 'Ihr Konto behält die Adresse, die es hat.',
  },
  problems: {
    titles: {
      408: 'Das hat zu lange gedauert',
      413: 'Das ist zu viel',
      415: 'Das ist nicht das Formular dieser Seite',
      429: 'Zu viele Versuche',
      503: 'Das geht im Moment nicht',
    },
    other: 'Das hat nicht geklappt',
    byCode: new Map(
      Object.entries({
        busy: 'Gerade melden sich sehr viele an. Versuchen Sie es gleich noch einmal.',
        'cross-site-request':
          'Ihr Browser hat nicht gezeigt, dass die Anfrage von dieser Seite kommt. Laden Sie die Seite neu.',
        'file-empty': 'Die Datei ist leer.',
        'file-expected': 'Wählen Sie zuerst eine Datei.',
        'file-too-large': 'Die Datei ist größer, als Sie senden dürfen.',
        'guests-off': 'Ohne Konto geht es hier nicht.',
        'rate-limited': 'Das waren sehr viele Anfragen. Warten Sie eine Minute.',
        'storage-quota-exceeded':
          'Für die Datei reicht Ihr Speicherplatz nicht. Löschen Sie etwas, oder warten Sie, bis Dateien ablaufen.',
        'store-full': 'Der Dienst hat für diese Datei gerade keinen Platz.',
        'too-many-attempts': 'Zu viele Anmeldungen sind fehlgeschlagen. Versuchen Sie es später noch einmal.',
        'too-many-open-jobs':
          'Zu viele Ihrer Umwandlungen sind noch nicht fertig. Warten Sie, bis eine fertig ist.',
        'too-many-uploads': 'Zu viele Ihrer Dateien werden gerade hochgeladen.',
        unavailable: 'Der Dienst ist gerade gestört. Versuchen Sie es gleich noch einmal.',
        'upload-quota-used-up':
          'Mehr Dateien gehen heute nicht, bis Sie Ihre E-Mail-Adresse bestätigt haben.',
        'uploads-busy': 'Gerade wird sehr viel hochgeladen. Versuchen Sie es gleich noch einmal.',
      }),
    ),
    back: 'Zurück',
    reference: requestId => `Wenn es so bleibt, melden Sie es mit dieser Nummer: ${requestId}`,
  },
  unsubscribe: {
    title: 'Keine E-Mails über Umwandlungen mehr?',
    text: 'Drücken Sie den Knopf, und keine E-Mail sagt Ihnen mehr, dass eine Umwandlung fertig oder fehlgeschlagen ist.',
    button: 'Keine mehr senden',
    hint: 'E-Mails über das Konto selbst, etwa über sein Passwort, kommen trotzdem.',
    doneTitle: 'Sie bekommen keine E-Mails über Umwandlungen mehr',
    done: html`<p>Sie können diese Seite schließen. In den <a href="/settings">Einstellungen</a> schalten Sie die E-Mails wieder ein.</p>`,
  },
  plain: {
    title: 'Aus einem Video Audio machen',
    lead: html`<p>Melden Sie sich an, um ein Video hochzuladen. Diese Seite braucht kein JavaScript; <a href="/">die andere</a> kann mehr.</p>`,
    email: 'E-Mail-Adresse',
    password: 'Passwort',
    signIn: 'Anmelden',
    wrong: 'E-Mail-Adresse oder Passwort ist falsch.',
    signedOut: 'Sie sind nicht mehr angemeldet. Melden Sie sich an, und senden Sie die Datei noch einmal.',
    guest: 'Ohne Konto ausprobieren',
    guestHint: 'Mit engen Grenzen. Ihre Dateien werden nach einer Weile entfernt.',
    format: 'Format',
    more: 'Weitere Optionen',
    bitrate: { label: 'Bitrate', hint: 'In kbit/s, etwa 192.' },
    start: { label: 'Anfang', hint: 'In Sekunden vom Beginn an.' },
    end: { label: 'Ende', hint: 'In Sekunden vom Beginn an.' },
    loudness: 'Lautheit',
    asItIs: 'wie sie ist',
    even: 'ausgleichen (EBU R128)',
    file: 'Video',
    upload: 'Hochladen und umwandeln',
    files: 'Ihre Dateien',
    none: 'Noch keine.',
    again: 'Noch einmal nachsehen',
    older: 'Ältere',
    signOut: 'Abmelden',
    asGuest: 'Sie sind ohne Konto hier: Wer sich abmeldet, kommt nicht zu diesen Dateien zurück.',
    as: email => `Sie sind angemeldet als ${email}.`,
    states: {
      waiting: 'Wartet, bis sie an der Reihe ist.',
      delayed: 'Wird bald noch einmal versucht.',
      canceled: 'Wurde abgebrochen.',
      expired: 'Wurde entfernt, weil ihre Zeit um war.',
      unknown: 'Im Moment ist nichts über sie bekannt.',
    },
    active: percent => `Wird gerade umgewandelt: ${percent} %.`,
    failed: reason => `Ließ sich nicht umwandeln: ${reason ?? 'Niemand weiß, warum.'}`,
    completed: 'Ist fertig.',
    download: name => `${name ?? 'Audio'} herunterladen`,
  },
}

/** What auth says of a password, and what stands in its place. */
const refusals: readonly (readonly [RegExp, string])[] = [
  [/at least/, 'Das Passwort ist zu kurz.'],
  [/at most/, 'Das Passwort ist zu lang.'],
  [/too easy/, 'Das Passwort ist zu leicht zu erraten.'],
  [/most common/, 'Das ist eines der häufigsten Passwörter.'],
  [/data breach/, 'Dieses Passwort ist aus einem Datenleck bekannt.'],
]

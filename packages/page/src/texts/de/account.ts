import type { account as english, needs as englishNeeds } from '../en/account.ts'

export const account: typeof english = {
  email: 'E-Mail-Adresse',
  password: 'Passwort',
  signIn: {
    title: 'Anmelden',
    submit: 'Anmelden',
    busy: 'Wird angemeldet …',
    needed: 'Melden Sie sich zuerst an, dann geht es dort weiter, wo Sie waren.',
    forgot: 'Passwort vergessen?',
    noAccount: 'Noch kein Konto?',
    signUp: 'Konto anlegen',
    or: 'oder',
    guest: 'Ohne Konto ausprobieren',
    guestHint: (size, kept) => `Für Dateien bis ${size}. Nach ${kept} wird alles entfernt.`,
  },
  signUp: {
    title: 'Konto anlegen',
    passwordHint: least =>
      `Mindestens ${least} Zeichen, je mehr, desto besser. Mehrere Wörter merkt man sich leicht; welche Zeichen, ist gleich.`,
    submit: 'Konto anlegen',
    busy: 'Konto wird angelegt …',
    haveAccount: 'Sie haben schon ein Konto?',
    signIn: 'Anmelden',
    off: 'Diese Installation nimmt keine neuen Konten auf. Wenden Sie sich an den Betreiber.',
    guestKeeps: 'Ihre bisherigen Dateien kommen mit ins Konto.',
  },
  wait: {
    title: 'Sehen Sie in Ihre E-Mails',
    sent: email =>
      `Wir haben eine E-Mail an ${email} geschickt. Öffnen Sie den Link darin, um die Adresse zu bestätigen; er gilt einen Tag.`,
    maybe:
      'Kommt in einigen Minuten keine E-Mail: Sehen Sie im Spam nach. Oder diese Adresse hat schon ein Konto: Dann melden Sie sich an, oder fordern Sie ein neues Passwort an.',
    watching: 'Diese Seite merkt von selbst, wenn Sie die Adresse bestätigt haben.',
    goOn: 'Sie können gleich anfangen: Bis dahin haben Sie einige Uploads am Tag.',
    start: 'Dateien umwandeln',
    resend: 'E-Mail noch einmal senden',
    resent:
      'Die E-Mail ist noch einmal unterwegs, sofern die Adresse in der letzten Stunde nicht schon mehrere bekommen hat.',
    otherAddress: 'Die Adresse ist falsch',
    newEmail: 'Richtige E-Mail-Adresse',
    change: 'Diese Adresse verwenden',
    changed: email =>
      `Wir haben eine E-Mail an ${email} geschickt. Öffnen Sie den Link darin, dann hat das Konto diese Adresse.`,
    signIn: 'Anmelden',
    done: 'Ihre E-Mail-Adresse ist bestätigt.',
  },
  forgot: {
    title: 'Passwort vergessen?',
    intro:
      'Nennen Sie uns die E-Mail-Adresse Ihres Kontos. Wir schicken einen Link, mit dem Sie ein neues Passwort wählen.',
    submit: 'Link senden',
    busy: 'Wird gesendet …',
    sentTitle: 'Sehen Sie in Ihre E-Mails',
    sent: email =>
      `Wenn ${email} ein Konto hat, ist eine E-Mail mit einem Link unterwegs. Er gilt eine Stunde und funktioniert einmal.`,
    warning: 'Mit dem neuen Passwort werden Sie überall abgemeldet, und API-Schlüssel gelten nicht mehr.',
    again: 'Andere Adresse',
    back: 'Zurück zur Anmeldung',
    off: 'Diese Installation verschickt keine E-Mails, darum gibt es keinen Link für ein neues Passwort. Wenden Sie sich an den Betreiber.',
  },
}

export const needs: typeof englishNeeds = {
  guestTitle: 'Sie probieren es ohne Konto aus',
  guestText:
    'Das gibt es mit einem Konto. Legen Sie eines an, um Dateien länger zu behalten und größere hochzuladen.',
  signUp: 'Konto anlegen',
  adminTitle: 'Das ist für den Betrieb des Dienstes',
  adminText: 'Ihr Konto ist keines der Verwaltung, darum gibt es hier nichts zu sehen.',
  home: 'Zum Anfang',
}

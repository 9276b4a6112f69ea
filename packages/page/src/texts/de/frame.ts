import type { frame as english } from '../en/frame.ts'

export const frame: typeof english = {
  skip: 'Zum Inhalt springen',
  home: 'Jackalope, zur Startseite',
  navigation: {
    label: 'Hauptmenü',
    convert: 'Umwandeln',
    history: 'Verlauf',
    settings: 'Einstellungen',
    admin: 'Betrieb',
  },
  signIn: 'Anmelden',
  signOut: 'Abmelden',
  guest: 'Gast',
  theme: {
    system: 'Aussehen: wie das Gerät',
    light: 'Aussehen: hell',
    dark: 'Aussehen: dunkel',
  },
  otherLanguage: { code: 'EN', name: 'English' },
  footer: {
    label: 'Weiteres',
    api: 'API für Programme',
    problems: 'Fehler und ihre Codes',
  },
  notFound: {
    title: 'Hier ist nichts',
    text: 'Die Adresse führt ins Leere. Vielleicht wurde sie nicht ganz kopiert.',
    home: 'Zur Startseite',
  },
  crashed: {
    title: 'Diese Seite hat einen Fehler gemacht',
    text: 'Bitte laden Sie sie neu. Laufende Uploads gehen dort weiter, wo sie waren.',
  },
  missing: {
    title: 'Dieser Teil der Seite konnte nicht geladen werden',
    text: 'Die Verbindung ist unterbrochen, oder der Dienst ist nicht erreichbar. Uploads gehen von selbst weiter, sobald er es wieder ist.',
  },
  reload: 'Neu laden',
  loading: 'Wird geladen …',
  close: 'Schließen',
  cancel: 'Abbrechen',
  more: 'Mehr anzeigen',
  signedOut: {
    title: 'Zum Fortfahren anmelden',
    text: 'Sie sind nicht angemeldet, oder Ihre Sitzung ist zu Ende.',
  },
}

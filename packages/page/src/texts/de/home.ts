import type { home as english } from '../en/home.ts'

export const home: typeof english = {
  title: 'Video ablegen, Audio mitnehmen',
  drop: {
    label: 'Videos auswählen',
    lead: 'Videos hier ablegen',
    hint: 'Oder einfügen. Sie werden nacheinander umgewandelt, und Sie können inzwischen etwas anderes tun.',
    choose: 'Dateien wählen',
    folder: 'Ordner wählen',
    release: 'Loslassen, und es geht los',
    limits: (size, span) =>
      span ? `Bis zu ${size} je Datei. Die Audiodateien bleiben ${span}.` : `Bis zu ${size} je Datei.`,
    nothing: 'Unter diesen Dateien war kein Video und kein Ton.',
  },
  files: {
    title: 'Ihre Dateien',
    all: 'Alle Dateien',
    progress: (done, all) => `${done} von ${all} fertig`,
    zip: count => (count === 1 ? '1 Datei als ZIP' : `Alle ${count} als ZIP`),
    empty: 'Was Sie ablegen, erscheint hier.',
    lost: 'Die Verbindung ist weg. Was hier steht, ist vielleicht nicht mehr neu; das gibt sich von selbst.',
    done: name => `${name} ist fertig`,
    failed: name => `${name} ist fehlgeschlagen`,
    added: count => (count === 1 ? '1 Datei hinzugefügt' : `${count} Dateien hinzugefügt`),
  },
  notify: {
    ask: 'Sagen Sie mir, wenn sie fertig sind',
    on: 'Sie bekommen eine Mitteilung, wenn eine Datei fertig ist.',
    denied:
      'Der Browser zeigt keine Mitteilungen dieser Seite. Das lässt sich in seinen Einstellungen ändern.',
  },
  visitor: {
    waiting: count =>
      count === 1
        ? 'Ihre Datei ist gewählt. Melden Sie sich an, dann geht es los.'
        : `Ihre ${count} Dateien sind gewählt. Melden Sie sich an, dann geht es los.`,
    text: 'Melden Sie sich an, um Dateien umzuwandeln.',
    guest: (size, span) =>
      `Legen Sie einfach eine Datei ab: Das geht auch ohne Konto. Bis zu ${size} je Datei; nach ${span} wird alles entfernt.`,
    signIn: 'Anmelden',
    signUp: 'Konto anlegen',
    dropAgain: 'Verwerfen',
  },
  guestNotice: time =>
    `Sie sind ohne Konto hier. Ihre Dateien werden um ${time} entfernt. Mit einem Konto bleiben sie länger.`,
  verify: uploads =>
    `Bestätigen Sie Ihre E-Mail-Adresse: Öffnen Sie den Link in der Mail von uns. Bis dahin können Sie ${uploads ?? 'wenige'} Dateien am Tag senden.`,
  steps: {
    title: 'So geht es',
    drop: 'Legen Sie ein Video ab: MP4, MOV, MKV, WebM, AVI und viele andere.',
    convert: 'Der Ton wird herausgeholt. Beschädigte Dateien werden gerettet, so weit es geht.',
    get: 'Hören Sie ihn hier an, laden Sie ihn herunter, oder verschicken Sie einen Link.',
  },
}

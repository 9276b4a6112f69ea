import type { history as english } from '../en/history.ts'

export const history: typeof english = {
  title: 'Verlauf',
  search: {
    label: 'Nach Namen suchen',
    placeholder: 'Wörter aus dem Dateinamen',
    submit: 'Suchen',
    state: 'Stand',
    anyState: 'Alle',
  },
  states: {
    waiting: 'Wartet',
    active: 'Wird umgewandelt',
    delayed: 'Neuer Versuch',
    completed: 'Fertig',
    failed: 'Fehlgeschlagen',
    canceled: 'Abgebrochen',
    expired: 'Abgelaufen',
  },
  kept: (audio, source) =>
    [
      audio ? `Audiodateien bleiben ${audio}.` : 'Audiodateien bleiben, bis Sie sie löschen.',
      source ? `Hochgeladene Dateien werden ${source} nach dem Umwandeln entfernt.` : '',
    ]
      .filter(Boolean)
      .join(' '),
  keptList: list => `In dieser Liste stehen sie danach noch: insgesamt ${list}.`,
  emptyTitle: 'Noch nichts da',
  emptyText: 'Dateien, die Sie umwandeln, erscheinen hier.',
  emptyLink: 'Video ablegen',
  nothingTitle: 'Nichts gefunden',
  nothingText: 'Keine Datei passt. Suchen Sie nach weniger Wörtern, oder zeigen Sie jeden Stand.',
  goOnSearching: 'Weiter zurück suchen',
  reset: 'Alle zeigen',
  found: (count, shown) => (count === 1 ? '1 Datei' : `${shown} Dateien`),
}

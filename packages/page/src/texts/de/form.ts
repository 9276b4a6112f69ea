import type { form as english } from '../en/form.ts'

export const form: typeof english = {
  show: 'Anzeigen',
  hide: 'Verbergen',
  cancel: 'Abbrechen',
  reload: 'Noch einmal versuchen',
  copy: 'Kopieren',
  copied: 'Kopiert',
  copyFailed: 'Markieren und kopieren Sie den Text selbst: Der Browser hat es nicht erlaubt.',
  never: 'nie',
  none: 'keine',
  details: 'Einzelheiten',
}

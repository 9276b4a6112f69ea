/** `missing` can be installed, and `./jackalope up` does it; `wrong` must be mended by somebody. */
export type FindingKind = 'ok' | 'note' | 'missing' | 'wrong'

/** One thing that `./jackalope doctor` has to tell, in one line. Never holds a password. */
export interface Finding {
  kind: FindingKind
  text: string
}

const labels: Record<FindingKind, string> = { ok: 'ok', note: 'note', missing: 'missing', wrong: 'WRONG' }

/** As the part of `./jackalope` that runs without Node.js writes them, too. */
export function formatFinding({ kind, text }: Finding): string {
  return `  ${labels[kind].padEnd(8)} ${text.replace(/\s*\n\s*/g, ' ')}`
}

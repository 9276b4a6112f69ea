/** `missing`: `./jackalope up` installs it. `wrong`: somebody must correct it. */
export type FindingKind = 'ok' | 'note' | 'missing' | 'wrong'

/** One finding of `./jackalope doctor`, in one line without passwords. */
export interface Finding {
  kind: FindingKind
  text: string
}

const labels: Record<FindingKind, string> = { ok: 'ok', note: 'note', missing: 'missing', wrong: 'WRONG' }

/** A finding as a line. The shell part of `./jackalope` writes the same format. */
export function formatFinding({ kind, text }: Finding): string {
  return `  ${labels[kind].padEnd(8)} ${text.replace(/\s*\n\s*/g, ' ')}`
}

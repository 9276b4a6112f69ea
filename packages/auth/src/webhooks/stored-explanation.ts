import { type Explanation, explanation } from '@jackalope/contracts'

/** Longest explanation that its column holds, in characters. */
const maxLength = 500

/** An explanation as its column holds it; without one that is too long, the text beside it stands alone. */
export function toColumn(value: Explanation | undefined): string | null {
  const text = value === undefined ? null : JSON.stringify(value)
  return text !== null && text.length <= maxLength ? text : null
}

export function fromColumn(text: string | null): Explanation | undefined {
  return text === null ? undefined : explanation.safeParse(JSON.parse(text)).data
}

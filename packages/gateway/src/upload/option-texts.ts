import {
  type ConversionOptions,
  findOptionFault,
  type OptionFault,
  readOptionTexts,
} from '@jackalope/contracts'
import { uploads } from '@jackalope/contracts/api'
import { type HttpProblem, problem } from '@jackalope/service-kit'

/** Options of a conversion while they arrive as texts. */
export class OptionTexts {
  readonly #texts: [name: string, text: string][] = []

  /** @param query - checked parameters of a query */
  constructor(query: Readonly<Record<string, string | undefined>> = {}) {
    for (const [name, text] of Object.entries(query)) if (text !== undefined) this.#texts.push([name, text])
  }

  /** Takes one more, at once: what cannot be right is refused before a large file has come.
   *  @throws {HttpProblem} 422 */
  add(name: string, text: string): void {
    const fault = findOptionFault(name, text)
    if (fault) throw optionsInvalid([fault])
    this.#texts.push([name, text])
  }

  /** The options; `undefined` if none came, so that the defaults count.
   *  @throws {HttpProblem} 422 */
  read(): ConversionOptions | undefined {
    const { options, faults } = { options: undefined, ...readOptionTexts(this.#texts) }
    if (faults) throw optionsInvalid(faults)
    return this.#texts.length === 0 ? undefined : options
  }

  /** The same text for the same options, in whatever order they came; empty if none came. */
  fingerprint(): string {
    return this.#texts.length === 0 ? '' : JSON.stringify(this.#texts.toSorted())
  }
}

/** Of a page's form, whose fields come also when nothing is written in them. */
export class FilledOptionTexts extends OptionTexts {
  override add(name: string, text: string): void {
    if (text.trim() !== '') super.add(name, text.trim())
  }
}

function optionsInvalid(errors: OptionFault[]): HttpProblem {
  return problem(uploads.optionsInvalid, {
    detail: `${errors.map(({ field, detail }) => `${field}: ${detail}`).join('; ')}.`,
    extensions: { errors },
  })
}

import type { z } from 'zod'

/** Makes a variable required for some values of another: `requireFor(schema, 'STORE', { disk: 'DIR' })`. A missing
 *  variable is reported together with all other faults. A faulty choice requires nothing. */
export function requireFor<Schema extends z.ZodObject>(
  schema: Schema,
  chooser: keyof Schema['shape'] & string,
  needs: Record<string, keyof Schema['shape'] & string>,
): Schema {
  let checked = schema
  for (const [choice, needed] of Object.entries(needs))
    checked = checked.refine(values => values[chooser] !== choice || values[needed] !== undefined, {
      path: [needed],
      error: `is not set; ${chooser}=${choice} needs it`,
      // Runs even when other variables are faulty. A fault of the choice itself is reported already.
      when: ({ issues }) => !issues.some(({ path }) => path?.[0] === needed || path?.[0] === chooser),
    })
  return checked
}

import type { z } from 'zod'

/** Makes variables required that only some choices need: `requireFor(schema, 'STORE', { disk: 'DIR' })`. What is missing
 *  is reported together with all other faults; a choice that is itself faulty asks for nothing. */
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
      // Also beside the faults of other variables; its own fault is reported already.
      when: ({ issues }) => !issues.some(({ path }) => path?.[0] === needed || path?.[0] === chooser),
    })
  return checked
}

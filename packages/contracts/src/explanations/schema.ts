import { z } from 'zod'

/** An explanation as it is stored and answered. */
export const explanation = z
  .object({
    code: z
      .string()
      .describe('What is explained, such as "no-audio-track". Later versions may know more codes.'),
    params: z
      .record(z.string(), z.union([z.string(), z.number()]))
      .describe('What the text is filled with: numbers in the unit that their name ends with, and names.'),
  })
  .meta({ id: 'Explanation', description: 'The text beside it as data, for texts in other languages.' })

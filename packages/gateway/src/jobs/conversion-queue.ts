import type { ConversionResult, convertVideoInput } from '@jackalope/contracts'
import type { TypedQueue } from '@jackalope/worker-kit'
import type { z } from 'zod'

/** The queue of `video.convert`, as its producer sees it. */
export type ConversionQueue = TypedQueue<z.input<typeof convertVideoInput>, ConversionResult>

import { v7 } from 'uuid'

/** An id that sorts after all that this process has made before. */
export const createRowId = (): string => v7()

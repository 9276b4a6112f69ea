/** Write concern of the writes that make a blob visible: they survive a crash of the server. */
export const durable = { writeConcern: { w: 'majority', journal: true } } as const

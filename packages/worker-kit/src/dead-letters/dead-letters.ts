import type { ConsumeMessage } from 'amqplib'
import type { Broker } from '../amqp/broker.ts'
import { answered } from '../amqp/outages.ts'
import type { DeadLetterBound, QueueTopology } from '../amqp/topology.ts'
import { findFaults, integer, optional, refuseFaults } from '../check-options.ts'
import type { RedisQueue } from '../redis/redis-queue.ts'
import type { DeadLetter, MalformedMessage } from './dead-letter.ts'
import { decodeDeadLetter, type WrittenDeadLetter } from './dead-letter-message.ts'
import type { DeadLetterReader } from './dead-letter-reader.ts'
import {
  type DeadLetterSelection,
  type StatedDeadLetter,
  selectionFaults,
  selectorOf,
} from './dead-letter-selection.ts'
import { type DeadLetterState, readDeadLetterStates } from './dead-letter-states.ts'
import { type CountedDeadLetter, keyOfDeadLetter, OldestDeadLetters } from './oldest-dead-letters.ts'
import { readDeadLetterQueue } from './read-dead-letter-queue.ts'
import { type Replay, Replayer, type ReplayerOptions, type ReplayOptions } from './replayer.ts'

export interface DeadLetterPage {
  /** Oldest first. A letter that the queue holds twice is shown once, with `copies: 2`. */
  letters: DeadLetter[]
  /** Messages in the queue, further copies included. */
  total: number
}

export interface DeadLettersOptions extends ReplayerOptions {
  broker: Broker
  topology: QueueTopology
  queue: RedisQueue
}

/** The dead letters of one queue (R9): jobs that failed for good, and messages that were no jobs. RabbitMQ keeps them.
 *  Reading removes nothing and keeps their order. One process at a time reads a queue; another one waits for it, for 30
 *  seconds at most.
 *
 *  All methods
 *  @throws {WorkerKitError} `ERR_CONNECT`, `ERR_DEAD_LETTERS_BUSY`, `ERR_INVALID_DEFINITION` when an argument is out of range */
export class DeadLetters {
  readonly #options: DeadLettersOptions
  readonly #replayer: Replayer

  constructor(options: DeadLettersOptions) {
    this.#options = options
    this.#replayer = new Replayer(options)
  }

  /** What bounds the dead letters of this queue; `undefined` when nothing does. */
  get bound(): DeadLetterBound | undefined {
    return this.#options.topology.deadLetterBound
  }

  /** Messages in the queue, further copies of a letter included. Cheap: nothing is delivered. */
  async count(): Promise<number> {
    const { broker, topology } = this.#options
    await answered(broker.declare(topology))
    return (await broker.depth(topology.deadLetterQueue))?.messageCount ?? 0
  }

  /** A page, oldest first. Reads the whole queue, since reading a part would change its order: about 6 s for 100,000
   *  letters. Keeps the letters up to the end of the page in memory.
   *  @param options.offset - how many letters to skip. Integer >= 0. @default 0
   *  @param options.limit - how many letters the page has at most. Integer >= 0. @default 100 */
  async list(options: { offset?: number; limit?: number } = {}): Promise<DeadLetterPage> {
    refuseFaults('list', findFaults(options, { offset: integer(0), limit: integer(0) }))
    const { offset = 0, limit = 100 } = options
    const { letters, total } = await this.#read(async reader => {
      const oldest = new OldestDeadLetters(offset + limit)
      for await (const window of reader.windows())
        for (const { letter } of window.map(open)) oldest.offer(letter)
      return { letters: oldest.letters().slice(offset), total: reader.total }
    })
    return { letters: await this.#show(letters), total }
  }

  /** All letters of one job, oldest first, or the malformed message with that id. Reads the whole queue. */
  async get(id: string): Promise<DeadLetter[]> {
    const letters = await this.#read(async reader => {
      const found = new OldestDeadLetters(Number.POSITIVE_INFINITY)
      for await (const window of reader.windows())
        for (const { letter } of window.map(open)) if (letter.id === id) found.offer(letter)
      return found.letters()
    })
    return this.#show(letters)
  }

  /** What became of a letter's job. */
  async stateOf(letter: { id: string; stamp: string }): Promise<DeadLetterState> {
    const [state] = await readDeadLetterStates([letter], this.#options.queue)
    return state as DeadLetterState
  }

  /** Runs dead jobs again. A job that Redis still has is retried by BullMQ's own retry. A job whose record is gone is added
   *  again from its letter, under the same id, with all its attempts. A letter is removed once the broker has confirmed the
   *  job's new message. A letter that cannot be replayed stays: its job has moved on, or it is a malformed message.
   *  @returns the outcome for each selected letter, once for all its copies. The first failure ends the replay: letters that
   *    were not tried are missing. */
  async replay(selection: DeadLetterSelection, options: ReplayOptions = {}): Promise<Replay[]> {
    const isFlag = (value: unknown) => typeof value === 'boolean'
    refuseFaults('replay', [
      ...selectionFaults(selection),
      ...findFaults(options, { resetAttempts: optional('true or false', isFlag) }),
    ])
    const replays = new Map<string, Replay>()
    await this.#each(selection, async (found, reader) => {
      const copies = Map.groupBy(found, ({ letter }) => keyOfDeadLetter(letter))
      await Promise.all(
        [...copies].map(async ([key, [first, ...others]]) => {
          const { letter, state, message } = first as Stated
          const known = replays.get(key)
          const replay = isDone(known) ? known : await this.#replayer.replay(letter, state, options)
          replays.set(key, replay)
          if (isDone(replay))
            for (const copy of [message, ...others.map(other => other.message)]) reader.remove(copy)
        }),
      )
      // The cause of one failure most likely makes the others fail, too.
      return ![...copies.keys()].some(key => replays.get(key)?.outcome === 'failed')
    })
    return [...replays.values()]
  }

  /** Removes letters for good. Their jobs' records in Redis stay as they are.
   *  @returns how many letters were removed, copies counted once; with `all`, how many messages. */
  async purge(selection: DeadLetterSelection): Promise<number> {
    refuseFaults('purge', selectionFaults(selection))
    if (selection === 'all') return this.#read(reader => reader.purge())
    const purged = new Set<string>()
    await this.#each(selection, async (found, reader) => {
      for (const { message, letter } of found) {
        reader.remove(message)
        purged.add(keyOfDeadLetter(letter))
      }
      return true
    })
    return purged.size
  }

  async #read<T>(read: (reader: DeadLetterReader) => Promise<T>): Promise<T> {
    const { broker, topology } = this.#options
    await answered(broker.declare(topology))
    return readDeadLetterQueue(broker, topology.deadLetterQueue, read)
  }

  /** Reads the queue and gives `use` the selected letters, some at a time, until `use` returns `false`. */
  #each(
    selection: DeadLetterSelection,
    use: (found: Stated[], reader: DeadLetterReader) => Promise<boolean>,
  ): Promise<void> {
    const isSelected = selectorOf(selection)
    return this.#read(async reader => {
      for await (const window of reader.windows()) {
        const selected = (await this.#state(window.map(open))).filter(isSelected)
        for (let from = 0; from < selected.length; from += AT_ONCE)
          if (!(await use(selected.slice(from, from + AT_ONCE), reader))) return
      }
    })
  }

  async #show(letters: CountedDeadLetter[]): Promise<DeadLetter[]> {
    const stated = await this.#state(letters)
    return stated.map(({ letter, state, copies }) => {
      if (letter.kind === 'malformed') return { ...letter, copies }
      const { source: _source, ...job } = letter
      return { ...job, ...(state as DeadLetterState), copies }
    })
  }

  async #state<T extends Pick<Opened, 'letter'>>(opened: T[]): Promise<(T & StatedDeadLetter)[]> {
    const jobs = opened.flatMap(({ letter }) => (letter.kind === 'job' ? [letter] : []))
    const states = (await readDeadLetterStates(jobs, this.#options.queue)).values()
    return opened.map(found => ({
      ...found,
      state: found.letter.kind === 'job' ? states.next().value : undefined,
    }))
  }
}

/** How many letters are replayed at a time. */
const AT_ONCE = 50

interface Opened {
  message: ConsumeMessage
  letter: WrittenDeadLetter | MalformedMessage
}

type Stated = Opened & StatedDeadLetter

function open(message: ConsumeMessage): Opened {
  return { message, letter: decodeDeadLetter(message) }
}

function isDone(replay: Replay | undefined): replay is Replay {
  return replay?.outcome === 'retried' || replay?.outcome === 'rebuilt'
}

export const home = {
  title: 'Drop a video, get the audio',
  drop: {
    label: 'Choose videos',
    lead: 'Drop videos here',
    hint: 'Or paste them. They are converted one after the other, and you can leave meanwhile.',
    choose: 'Choose files',
    folder: 'Choose a folder',
    release: 'Let go, and it begins',
    /** @param size - such as "2 GB" @param span - such as "7 days" */
    limits: (size: string, span: string | undefined) =>
      span ? `Up to ${size} each. The audio is kept for ${span}.` : `Up to ${size} each.`,
    nothing: 'There was no video and no audio among these files.',
  },
  files: {
    title: 'Your files',
    all: 'All files',
    progress: (done: string, all: string) => `${done} of ${all} done`,
    zip: (count: number): string => (count === 1 ? 'Download 1 as ZIP' : `Download all ${count} as ZIP`),
    empty: 'What you drop appears here.',
    lost: 'The connection is lost. What is shown may be old; it comes back by itself.',
    done: (name: string) => `${name} is ready`,
    failed: (name: string) => `${name} failed`,
    added: (count: number): string => (count === 1 ? '1 file added' : `${count} files added`),
  },
  notify: {
    ask: 'Tell me when they are done',
    on: 'You will get a notification when a file is done.',
    denied: 'The browser does not show notifications of this page. Its settings can change that.',
  },
  visitor: {
    waiting: (count: number): string =>
      count === 1
        ? 'Your file is chosen. Sign in, and it begins.'
        : `Your ${count} files are chosen. Sign in, and it begins.`,
    text: 'Sign in to convert files.',
    guest: (size: string, span: string) =>
      `Just drop a file: you can try it without an account. Up to ${size} each; everything is removed after ${span}.`,
    signIn: 'Sign in',
    signUp: 'Create an account',
    dropAgain: 'Discard',
  },
  guestNotice: (time: string) =>
    `You use this without an account. Your files are removed at ${time}. With an account they stay longer.`,
  /** @param uploads - how many a day, if that is known */
  verify: (uploads: number | undefined) =>
    `Confirm your e-mail address: open the link in the mail we sent you. Until then you can send ${uploads ?? 'a few'} files a day.`,
  steps: {
    title: 'How it works',
    drop: 'Drop any video: MP4, MOV, MKV, WebM, AVI and many more.',
    convert: 'The audio is taken out. Damaged files are saved as far as they go.',
    get: 'Listen here, download it, or send a link.',
  },
}

export const frame = {
  skip: 'Skip to the content',
  home: 'Jackalope, to the start',
  navigation: {
    label: 'Main',
    convert: 'Convert',
    history: 'History',
    settings: 'Settings',
    admin: 'Operation',
  },
  signIn: 'Sign in',
  signOut: 'Sign out',
  guest: 'Guest',
  theme: {
    system: 'Appearance: as the device',
    light: 'Appearance: light',
    dark: 'Appearance: dark',
  },
  /** Shown in a language's own words. */
  otherLanguage: { code: 'DE', name: 'Deutsch' },
  footer: {
    label: 'More',
    api: 'API for programs',
    problems: 'Problems and their codes',
  },
  notFound: {
    title: 'There is nothing here',
    text: 'The address leads nowhere. Perhaps it was not copied whole.',
    home: 'To the start',
  },
  crashed: {
    title: 'This page has made a mistake',
    text: 'Reload it, please. Uploads go on where they were.',
  },
  missing: {
    title: 'This part of the page could not be loaded',
    text: 'The connection is lost, or the service is out of reach. Uploads go on by themselves when it is back.',
  },
  reload: 'Reload',
  loading: 'Loading …',
  close: 'Close',
  cancel: 'Cancel',
  more: 'Show more',
  signedOut: {
    title: 'Sign in to go on',
    text: 'You are not signed in, or your session has ended.',
  },
}

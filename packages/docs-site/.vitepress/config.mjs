import { siteConfig } from '../src/site-config.ts'

// VitePress looks for a default export of this file.
export default siteConfig

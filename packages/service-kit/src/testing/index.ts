// For tests of services; nothing here runs in a service.
export { createAnswerCheck, type SentAnswer } from './answer-check.ts'
export { type AnswerWatch, watchAnswers } from './watch-answers.ts'

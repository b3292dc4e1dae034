import type { CodePurpose } from '../accounts/index.js';
import type { Message } from '../delivery/index.js';

const SUBJECTS: Record<CodePurpose, string> = {
  login: 'Your login code',
  verify: 'Your confirmation code',
  recover: 'Your recovery code',
};

/** Short enough for one text message. The digits stand last but one, where phones look for them. */
export function codeMessage(purpose: CodePurpose, digits: string): Message {
  const subject = SUBJECTS[purpose];
  return { subject, text: `${subject}: ${digits}. It works for 5 minutes. We never ask for it by phone.` };
}

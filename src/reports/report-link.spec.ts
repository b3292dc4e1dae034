import { contactKey } from './report-link.js';

describe('contactKey', () => {
  it('names a mailbox in whatever case of ASCII letters it is spelt, and no other one', () => {
    const key = contactKey('email', 'kim@example.com');
    expect(contactKey('email', 'Kim@EXAMPLE.com')).toBe(key);
    // The Kelvin sign, whose small letter is k.
    for (const other of ['\u212Aim@example.com', 'kim@example.org']) expect(contactKey('email', other)).not.toBe(key);
    expect(contactKey('mobile', 'kim@example.com')).not.toBe(key);
  });
});

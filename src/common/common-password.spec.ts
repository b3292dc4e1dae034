import { isCommonPassword } from './common-password.js';

describe('a password is among the most common ones', () => {
  it.each([
    ['listed, in any case', ['password', 'PassWord', 'sunshine', 'FQRG7CS493', 'LinkedIn', 'Telechargement']],
    ['a piece that is repeated', ['00000000', '1111111111', 'asdasdasd', '19871987', 'blablabla', 'z'.repeat(128)]],
    ['a few runs', ['987654321', '0123456789', 'abcdefgh', 'qwe12345', 'poiuytrewq', '1234554321', 'abcdefg123']],
    ['a listed one with a few digits or a sign', ['princess12', '1princess', 'christmas1', 'iloveyou.', 'myspace!']],
  ])('if it is %s', (_, passwords) => {
    expect(passwords.filter((password) => !isCommonPassword(password))).toEqual([]);
  });

  it('and not otherwise', () => {
    const good = [
      'plum-Velvet-7-harbour',
      'quiet-Lemon-4-ladder',
      'kj4hq8wz',
      'correct horse',
      'mi casa es azul',
      'velvet-9315-plum',
      'aB3$xY9!aB3$xY9!',
      '84019362',
      'पासवर्ड नया',
    ];
    expect(good.filter(isCommonPassword)).toEqual([]);
  });
});

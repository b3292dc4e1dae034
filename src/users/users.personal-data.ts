import { Injectable } from '@nestjs/common';
import { AccountStore, heldUntil, type FormerIdentifier } from '../accounts/index.js';
import { PersonalData } from '../personal-data/index.js';
import { toOwnUserView } from './user.view.js';

@Injectable()
export class UsersPersonalData {
  constructor(personalData: PersonalData, accounts: AccountStore) {
    personalData.register({
      name: 'profile',
      async export(userId) {
        const account = await accounts.find(userId);
        return account && { ...toOwnUserView(account), formerIdentifiers: account.formerIdentifiers.map(toFormerView) };
      },
      erase: (userId) => accounts.dropIdentifiers(userId),
    });
  }
}

function toFormerView(former: FormerIdentifier) {
  const { kind, value, verifiedAt, replaced } = former;
  return { kind, value, verifiedAt, replacedAt: replaced.at, heldUntil: heldUntil(former) };
}

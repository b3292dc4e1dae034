import { Injectable } from '@nestjs/common';
import { AccountStore } from '../accounts/index.js';
import { PersonalData } from '../personal-data/index.js';
import { toOwnUserView } from './user.view.js';

@Injectable()
export class UsersPersonalData {
  constructor(personalData: PersonalData, accounts: AccountStore) {
    personalData.register({
      name: 'profile',
      async export(userId) {
        const account = await accounts.find(userId);
        return account && toOwnUserView(account);
      },
      erase: (userId) => accounts.dropIdentifiers(userId),
    });
  }
}

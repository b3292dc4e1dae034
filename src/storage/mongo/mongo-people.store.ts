import type { Model } from 'mongoose';
import { PeopleStore, type Person } from '../../users/index.js';
import { PROFILE_FIELDS, toProfile } from './mongo-documents.js';
import { reachable } from './mongo-errors.js';
import type { UserDocument } from './mongo-account-schemas.js';

const PERSON = Object.fromEntries([...PROFILE_FIELDS, 'lockedAt'].map((field) => [field, 1]));

const THERE = { pending: false, deletedAt: null };

export class MongoPeopleStore extends PeopleStore {
  constructor(private readonly users: Model<UserDocument>) {
    super();
  }

  async list(before: string | null, limit: number): Promise<Person[]> {
    const filter = { ...THERE, ...(before && { _id: { $lt: before } }) };
    const query = this.users.find(filter, PERSON).sort({ _id: -1 }).limit(limit);
    return (await reachable(query.lean<UserDocument[]>())).map(toPerson);
  }

  async find(ids: readonly string[]): Promise<Person[]> {
    const query = this.users.find({ ...THERE, _id: { $in: [...ids] } }, PERSON);
    return (await reachable(query.lean<UserDocument[]>())).map(toPerson);
  }
}

function toPerson(document: UserDocument): Person {
  return { ...toProfile(document), lockedAt: document.lockedAt };
}

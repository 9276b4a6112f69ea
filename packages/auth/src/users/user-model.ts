import {
  type CreationOptional,
  DataTypes,
  type InferAttributes,
  type InferCreationAttributes,
  type Model,
  type ModelStatic,
  type Sequelize,
} from 'sequelize'

/** A row of `users`. The migrations create the table. */
export interface UserRow extends Model<InferAttributes<UserRow>, InferCreationAttributes<UserRow>> {
  id: string
  /** Null for a guest. */
  email: string | null
  passwordHash: string
  roles: string[]
  emailVerifiedAt: CreationOptional<Date | null>
  lockedAt: CreationOptional<Date | null>
  expiresAt: CreationOptional<Date | null>
  notices: CreationOptional<boolean>
  language: CreationOptional<string>
  createdAt: CreationOptional<Date>
  updatedAt: CreationOptional<Date>
}

export function defineUserModel(sequelize: Sequelize): ModelStatic<UserRow> {
  return sequelize.define<UserRow>(
    'user',
    {
      id: { type: DataTypes.STRING(36), primaryKey: true },
      email: { type: DataTypes.STRING(254), allowNull: true },
      passwordHash: { type: DataTypes.STRING(255), allowNull: false },
      roles: { type: DataTypes.JSON, allowNull: false },
      emailVerifiedAt: DataTypes.DATE(3),
      lockedAt: DataTypes.DATE(3),
      expiresAt: DataTypes.DATE(3),
      notices: { type: DataTypes.BOOLEAN, allowNull: false, defaultValue: true },
      language: { type: DataTypes.STRING(10), allowNull: false, defaultValue: 'en' },
      createdAt: DataTypes.DATE(3),
      updatedAt: DataTypes.DATE(3),
    },
    { tableName: 'users', underscored: true },
  )
}

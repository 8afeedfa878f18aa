using './main.bicep'

param registryName = 'contosoauthpulse'
// The tag that `az acr build` gave it.
param image = 'authpulse:<version>'

// Read from the environment of whoever deploys, so that it stands in no file.
param postgresPassword = readEnvironmentVariable('POSTGRES_PASSWORD')

param settings = {
  ACCESS_REPORTS: 'group:00000000-0000-0000-0000-000000000000 (SSPR report readers)'
}

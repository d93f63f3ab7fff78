# What node-gyp expects of a Node installation's headers folder. The addon uses Node-API only, whose headers are a
# registry package, so building it downloads nothing from nodejs.org and does not depend on the Node that builds it.
{
  'variables': {
    'node_engine%': 'v8',
    'openssl_fips%': '',
  },
  'target_defaults': {
    'default_configuration': 'Release',
    'configurations': {
      'Release': { 'cflags': ['-O3'], 'defines': ['NDEBUG'], 'xcode_settings': { 'GCC_OPTIMIZATION_LEVEL': '3' } },
      'Debug': { 'cflags': ['-O0', '-g'] },
    },
    'cflags': ['-fPIC', '-pthread', '-fvisibility=hidden', '-fno-strict-aliasing'],
    'cflags_cc': ['-std=gnu++17', '-fno-exceptions', '-fno-rtti', '-fvisibility-inlines-hidden'],
    'ldflags': ['-pthread'],
    'conditions': [
      ['OS=="mac"', {
        'xcode_settings': {
          'CLANG_CXX_LANGUAGE_STANDARD': 'gnu++17',
          'CLANG_CXX_LIBRARY': 'libc++',
          'GCC_ENABLE_CPP_EXCEPTIONS': 'NO',
          'GCC_ENABLE_CPP_RTTI': 'NO',
          'GCC_SYMBOLS_PRIVATE_EXTERN': 'YES',
          'MACOSX_DEPLOYMENT_TARGET': '11.0',
        },
      }],
    ],
  },
}

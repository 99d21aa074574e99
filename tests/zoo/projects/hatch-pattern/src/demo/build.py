# RELEASE is the version
RELEASE = '1.2.0'

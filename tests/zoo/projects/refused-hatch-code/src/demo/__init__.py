def get_version():
    return "1.2.0"
